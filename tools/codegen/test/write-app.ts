import type { Attribute, SchemaDefinition } from '@scimkit/core/schema'
import type { Sample } from '../src/plugins/sample-resource.js'

/** What an app does with one resource type: plain values, so that its code can be written from them. */
export interface AppResource {
  /** Name of the generated definition, such as `userResource`. */
  readonly definition: string
  readonly first: Sample
  readonly second: Sample
  /** Attribute to filter by and to change, with its values in the two samples. */
  readonly path: string
  readonly values: readonly [unknown, unknown]
}

/** What the app's round trip saw. */
export interface RoundTrip {
  readonly made: Sample
  readonly read: Sample
  readonly found: readonly Sample[]
  readonly patched: Sample
  readonly replaced: Sample
  readonly left: readonly Sample[]
}

/**
 * Writes an app as a user would: a typed client of the generated definitions, and for each a function that creates,
 * reads, filters, patches, replaces and deletes.
 *
 * @param resources What it does, in the order of its functions.
 * @returns The module's text; it exports `resources` and `roundTrips`.
 */
export function writeApp(resources: readonly AppResource[]): string {
  const names = resources.map(({ definition }) => definition)
  return `import { bearer, createScimClient } from '@scimkit/client'
import { ${names.join(', ')} } from './index.js'

export const resources = { ${names.map((name, index) => `r${index}: ${name}`).join(', ')} }

const connect = (baseUrl: string) =>
  createScimClient({ baseUrl, authenticate: bearer('any'), resources, validate: 'strict' })

export const roundTrips = [
${resources.map(writeRoundTrip).join('')}]
`
}

function writeRoundTrip({ first, second, path, values: [before, after] }: AppResource, index: number): string {
  const value = (given: unknown) => JSON.stringify(given)
  return `  async (baseUrl: string) => {
    const things = connect(baseUrl).r${index}
    const made = await things.create(${value(first)})
    const read = await things.get(made.id)
    const found: unknown[] = []
    for await (const thing of things.list({ filter: (f) => f.eq(${value(path)}, ${value(before)}) })) found.push(thing)
    await things.patch(made.id, (p) => p.replace(${value(path)}, ${value(after)}))
    const patched = await things.get(made.id)
    const replaced = await things.replace(made.id, ${value(second)})
    await things.delete(made.id)
    const left: unknown[] = []
    for await (const thing of things.list()) left.push(thing)
    return { made, read, found, patched, replaced, left }
  },
`
}

/**
 * Finds an attribute of a schema that can be filtered by and changed.
 *
 * @param schema Schema.
 * @param sample Sample of it.
 * @returns Its path; `externalId` where the schema has no such attribute of its own.
 */
export function findWorkingPath({ attributes }: SchemaDefinition, sample: Sample): string {
  const works = (attribute: Attribute) =>
    !attribute.multiValued &&
    attribute.mutability === 'readWrite' &&
    (attribute.returned === 'default' || attribute.returned === 'always') &&
    attribute.name in sample
  const simple = attributes.find(
    (attribute) => works(attribute) && attribute.type !== 'complex' && attribute.type !== 'boolean',
  )
  if (simple) return simple.name
  for (const attribute of attributes.filter((one) => works(one) && one.type === 'complex')) {
    const sub = attribute.subAttributes?.find(
      (one) => one.type === 'string' && !one.multiValued && one.mutability === 'readWrite',
    )
    if (sub) return `${attribute.name}.${sub.name}`
  }
  return 'externalId'
}

/**
 * What of a sample the service provider answers by itself.
 *
 * @param sample Sample of what may be written.
 * @param attributes Attributes of its level.
 * @returns The sample without what is never returned or only on request, and without `$ref`, which it writes itself.
 */
export function readable(sample: Sample, attributes: readonly Attribute[]): Sample {
  const shown = attributes.filter(
    ({ name, returned }) => name in sample && name !== '$ref' && (returned === 'default' || returned === 'always'),
  )
  const members = shown.map(({ name, subAttributes }) => {
    const value = sample[name]
    const inside = (element: unknown) => (subAttributes ? readable(element as Sample, subAttributes) : element) // complex
    return [name, Array.isArray(value) ? value.map(inside) : inside(value)] as const
  })
  return Object.fromEntries(members.filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
