import { foldCase, nestSchemas, type ReadOptions, readSchemas, type SchemaReading, urns } from '@scimkit/core/documents'
import { isObject } from '@scimkit/core/internal'
import { createMemory } from '../remember.js'
import { checkReferences } from './check-references.js'
import type { DocumentSource, SourcedResourceType, SourcedSchema, SourceFault, SourceReading } from './sources.js'

/**
 * Reads the documents of a run. Schemas and resource types may lie in either list, as they do in what servers publish.
 *
 * @param sources Documents in the order of the run.
 * @param options Whether what vendors publish beyond the RFC is accepted, with warnings, and which schemas are read.
 * @returns Schemas and resource types, with every fault of every file.
 */
export function readSources(sources: readonly DocumentSource[], options: ReadOptions): SourceReading {
  const { lenient = false } = options
  const collected = collectSources(sources, options)
  const found = { ...collected, ...nestSchemas(collected.schemas, collected.resourceTypes) }
  const { resourceTypes, dangling } = checkReferences(found.resourceTypes, found.schemas, lenient)
  if (lenient) return withAnySchema({ ...found, resourceTypes, warnings: [...found.warnings, ...dangling] })
  // Where a schema is faulty, it is not among the schemas, and that fault says enough.
  return withAnySchema({ ...found, resourceTypes, faults: found.faults.length > 0 ? found.faults : dangling })
}

/** A run that leaves everything out would silently remove the code of the run before. */
function withAnySchema(reading: SourceReading): SourceReading {
  const [first] = reading.warnings
  if (reading.schemas.length + reading.resourceTypes.length > 0 || reading.faults.length > 0) return reading
  const message = 'no schema is left to generate from; fix a document, or exclude fewer'
  return { ...reading, faults: [{ file: first?.file ?? '', path: '', message }] }
}

/**
 * Reads documents each by itself: resource types may name schemas that are nowhere.
 *
 * @param sources Documents in their order.
 * @param options Whether what vendors publish beyond the RFC is accepted, with warnings, and which schemas are read.
 * @returns Schemas and resource types, with every fault of every file.
 */
export function collectSources(sources: readonly DocumentSource[], options: ReadOptions): SourceReading {
  const schemas: SourcedSchema[] = []
  const resourceTypes: SourcedResourceType[] = []
  const faults: SourceFault[] = []
  const warnings: SourceFault[] = []
  const configs: object[] = []
  const met = new Set<string>()
  for (const { file, document } of sources) {
    if (isConfig(document)) {
      configs.push(document)
      continue
    }
    const reading = readOnce(document, options)
    for (const id of [...reading.leftOut, ...reading.schemas.map(({ definition }) => definition.id)])
      met.add(foldCase(id))
    schemas.push(...reading.schemas.map((schema) => ({ file, schema })))
    resourceTypes.push(...reading.resourceTypes.map((resourceType) => ({ file, resourceType })))
    faults.push(...reading.faults.map((fault) => ({ file, ...fault })))
    warnings.push(...reading.warnings.map((warning) => ({ file, ...warning })))
  }
  faults.push(...findDuplicates(schemas, resourceTypes))
  for (const list of ['include', 'exclude'] as const) {
    const unmet = options[list]?.filter((urn) => !met.has(foldCase(urn))) ?? []
    warnings.push(
      ...unmet.map((urn) => ({ file: list, path: urn, message: 'no document has this schema; check its URN' })),
    )
  }
  return { schemas, resourceTypes, configs, faults, warnings }
}

/** Says what the service provider can do; no schema, and no part of one. */
function isConfig(document: unknown): document is object {
  if (!isObject(document)) return false
  const { schemas, attributes } = document
  if (!Array.isArray(schemas) || attributes !== undefined) return false
  return schemas.some((urn) => typeof urn === 'string' && foldCase(urn) === foldCase(urns.serviceProviderConfig))
}

const remember = createMemory<SchemaReading>()

function readOnce(document: unknown, { lenient, include, exclude }: ReadOptions): SchemaReading {
  const read = () => readSchemas(document, { lenient, include, exclude })
  const key = JSON.stringify([lenient, include, exclude])
  return typeof document === 'object' && document !== null ? remember(document, key, read) : read()
}

/** Schemas that are twice in one document are a fault of that document already. */
function findDuplicates(
  schemas: readonly SourcedSchema[],
  resourceTypes: readonly SourcedResourceType[],
): readonly SourceFault[] {
  const types = resourceTypes.map(({ file, resourceType: { name, endpoint } }) => ({ file, name, endpoint }))
  const ids = schemas.map(({ file, schema }) => ({ file, name: schema.definition.id, other: undefined }))
  return [
    ...duplicatesOf('schema', ids),
    ...duplicatesOf(
      'resource type',
      types.map(({ endpoint, ...type }) => ({ ...type, other: endpoint })),
    ),
    ...duplicatesOf(
      'endpoint',
      types.map(({ file, name, endpoint }) => ({ file, name: endpoint, other: name })),
    ),
  ]
}

/** What must be there once, and what else tells two of them apart. */
interface Twin {
  readonly file: string
  readonly name: string
  readonly other: string | undefined
}

function duplicatesOf(what: string, items: readonly Twin[]): readonly SourceFault[] {
  const known = new Map<string, Twin>()
  return items.flatMap((item) => {
    const { file, name, other } = item
    const first = known.get(foldCase(name))
    if (first === undefined) known.set(foldCase(name), item)
    if (first === undefined || (first.file === file && other === undefined)) return []
    const both =
      other === undefined
        ? ''
        : `, ${first.other === other ? `both with ${other}` : `with ${first.other} and ${other}`}`
    const place = first.file === file ? 'is there twice' : `is in ${first.file} as well`
    return [{ file, path: name, message: `the ${what} ${place}${both}; remove one of the two` }]
  })
}
