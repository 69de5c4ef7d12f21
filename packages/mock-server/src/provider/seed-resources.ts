import type { ResourceDefinition } from '@scimkit/core'
import { isObject } from '@scimkit/core/internal'

/**
 * Resources to begin with, by the name of their type: `{ User: [{ userName: 'ada' }] }`. One that has an `id` keeps it, so
 * that groups can name their members.
 */
export type SeedResources = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

/** Creates a resource as a client would, under a given id where there is one. */
export type CreateSeed = (endpoint: string, resource: object, id: string | undefined) => Promise<Response>

/**
 * Checks that the seed names served types and holds lists of objects.
 *
 * @param seed What an application or a file gives.
 * @param definitions Served definitions.
 * @throws {TypeError} That names the member at fault.
 */
export function checkSeed(seed: SeedResources, definitions: readonly ResourceDefinition[]): void {
  if (!isObject(seed)) {
    throw new TypeError('seed must be an object of lists by type, such as { "User": [{ "userName": "ada" }] }')
  }
  for (const [name, resources] of Object.entries(seed)) {
    if (!definitions.some((definition) => definition.name === name)) {
      throw new TypeError(`seed: ${name} is not served; the types are ${definitions.map((one) => one.name).join(', ')}`)
    }
    if (!Array.isArray(resources)) throw new TypeError(`seed: ${name} must be a list of resources`)
    const wrong = resources.findIndex((one) => !isObject(one))
    if (wrong >= 0) throw new TypeError(`seed: ${name}[${wrong}] must be an object`)
  }
}

/**
 * Creates the resources in their order, types without `members` first, so that groups find their members.
 *
 * @param seed Checked seed.
 * @param definitions Served definitions.
 * @param create Creates one of them.
 * @throws {Error} That names the first resource that is refused, and why.
 */
export async function seedResources(
  seed: SeedResources,
  definitions: readonly ResourceDefinition[],
  create: CreateSeed,
): Promise<void> {
  const isGroup = (definition: ResourceDefinition) => definition.index.has('members')
  const named = Object.keys(seed).flatMap((name) => definitions.find((one) => one.name === name) ?? [])
  const ordered = [...named.filter((one) => !isGroup(one)), ...named.filter(isGroup)]
  for (const { name, endpoint } of ordered) {
    for (const [position, resource] of (seed[name] ?? []).entries()) {
      const { id, ...attributes } = resource
      const response = await create(endpoint, attributes, typeof id === 'string' ? id : undefined)
      if (response.status === 201) continue
      const { detail } = (await response.json()) as { detail?: unknown } // an Error message of the handler
      throw new Error(`seed: ${name}[${position}] is refused: ${String(detail)}`)
    }
  }
}
