import { foldCase, urns } from '@scimkit/core/documents'
import { buildModel } from '../model/build-model.js'
import type { CodegenModel } from '../model/codegen-model.js'
import { loadBundled } from '../model/describe-service.js'
import { toTypeName } from '../model/identifier-names.js'
import type { SchemaModel } from '../model/schema-model.js'
import type { CodegenPlugin, EmittedFile } from './codegen-plugin.js'
import type { FolderOptions } from './docs-plugin.js'
import { type Sample, type SampleChoice, sampleContainer, sampleResource } from './sample-resource.js'
import { type SampledType, SampledTypes, sampleCount } from './sampled-types.js'

const seeds = Array.from({ length: sampleCount }, (_, seed) => seed)

/**
 * Makes the plug-in that writes valid samples of each resource type and schema, as they are sent and as they are
 * answered, and all resources together as a seed of the mock server.
 *
 * @param options Where the samples go, by default to `samples`.
 * @returns The plug-in `samples`.
 */
export function samples({ folder = 'samples' }: FolderOptions = {}): CodegenPlugin {
  return {
    name: 'samples',
    async emit(model) {
      const served = await findServed(model)
      const bases = new Set(served.map(({ type }) => type.base))
      const loose = model.schemas.filter((one) => !bases.has(one.model))
      const alone = loose.flatMap(({ model: base }) => (base.kind === 'resource' ? [typeOf(base)] : []))
      const types = new SampledTypes([...served.map(({ type }) => type), ...alone])
      const file = (stem: string, value: object): EmittedFile => {
        return { path: `${folder}/${stem}.json`, text: `${JSON.stringify(value, null, 2)}\n` }
      }
      const whole = served.map(({ type, stem }) => {
        return file(`${stem}.resource.samples`, {
          resourceType: type.name,
          ...both(type.base, sampleWith(type, types)),
        })
      })
      const parts = loose.map(({ model: schema, names }) => {
        const type = alone.find(({ base }) => base === schema) ?? typeOf(schema)
        const sample = (choice: SampleChoice) => sampleContainer(schema, types, choice)
        return file(
          `${names.file}.samples`,
          both(schema, schema.kind === 'extension' ? sample : sampleWith(type, types)),
        )
      })
      const named = served.length > 0 ? served.map(({ type }) => type) : alone.filter(isServedAnyway)
      const seed = seedOf(types, new Set(named))
      return [...whole, ...parts, ...(named.length > 0 ? [file('seed', seed)] : [])]
    },
  }
}

interface ServedType {
  readonly type: SampledType
  /** Stem of its file. */
  readonly stem: string
}

/** The resource types of the run; schemas that only core has are taken from there. */
async function findServed({ resources, schemas }: CodegenModel): Promise<readonly ServedType[]> {
  const own = new Map(schemas.map(({ model }) => [foldCase(model.id), model] as const))
  const named = resources.flatMap(({ resourceType: { schema, schemaExtensions } }) => {
    return [schema, ...schemaExtensions.map((extension) => extension.schema)].map(foldCase)
  })
  const bundled = await loadBundled(new Set(named.filter((urn) => !own.has(urn))))
  const ready = bundled.map((document) => {
    const isExtension = foldCase(document.definition.id) === foldCase(urns.enterpriseUser)
    return buildModel(document, isExtension ? 'extension' : 'resource')
  })
  const all = new Map([...own, ...ready.map((model) => [foldCase(model.id), model] as const)])
  return resources.flatMap(({ resourceType, resource }) => {
    const { name, endpoint, schema, schemaExtensions } = resourceType
    const base = all.get(foldCase(schema))
    const extensions = schemaExtensions.flatMap((extension) => all.get(foldCase(extension.schema)) ?? [])
    return base ? [{ type: { name, endpoint, base, extensions }, stem: resource.file }] : []
  })
}

/** A schema without a resource type is sampled as if it had the evident one. */
function typeOf(base: SchemaModel): SampledType {
  return { name: base.name, endpoint: `/${toTypeName(base.name) || 'Resource'}s`, base, extensions: [] }
}

/** Service providers serve User and Group without a resource type that says so. */
function isServedAnyway({ base }: SampledType): boolean {
  return [urns.user, urns.group].some((urn) => foldCase(urn) === foldCase(base.id))
}

function sampleWith(type: SampledType, types: SampledTypes): (choice: SampleChoice) => Sample {
  return (choice) => sampleResource(type, types, choice)
}

function both({ id }: SchemaModel, sample: (choice: SampleChoice) => Sample): object {
  const of = (use: SampleChoice['use']) => seeds.map((seed) => sample({ use, seed }))
  return { schema: id, input: of('input'), output: of('output') }
}

/** Resources by type, each after those that it refers to, with the ids by which the samples refer to them. */
function seedOf(types: SampledTypes, named: ReadonlySet<SampledType>): object {
  const lists = types.inOrder
    .filter((type) => named.has(type))
    .map((type) => {
      const resources = seeds.map((seed) => {
        return { id: types.targetOf(type, seed).id, ...sampleResource(type, types, { use: 'input', seed }) }
      })
      return [type.name, resources] as const
    })
  return Object.fromEntries(lists)
}
