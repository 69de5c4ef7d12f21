import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'
import type { MembershipPort, ResourceStore } from '../store/resource-store.js'
import type { Mount } from './mount.js'

/** An attribute whose elements refer to resources that this service provider serves. */
export interface ReferenceAttribute {
  /** URN of the extension that holds it; absent for the base schema. */
  readonly extension: string | undefined
  readonly name: string
  /** Name of the only type that it may refer to, such as `User`. */
  readonly resourceType: string
  /** Endpoint of that type, such as `/Users`. */
  readonly endpoint: string
  /** Name of the readOnly sub-attribute that shows the referred resource's `displayName`. */
  readonly displayName: string | undefined
}

/** A mount with everything that can be known before the first request. */
export interface ServedResource {
  readonly definition: ResourceDefinition
  readonly store: ResourceStore
  /** Path below the service root, such as `/Users`. */
  readonly endpoint: string
  /** URIs of the base schema and the extensions. */
  readonly schemas: ReadonlySet<string>
  /** Present when `members` of this type live in the store's membership port, not in its documents. */
  readonly members: MembershipPort | undefined
  /** Whether resources have `members`, wherever they are kept. */
  readonly hasMembers: boolean
  /** Whether resources tell which groups they are in. */
  readonly hasGroups: boolean
  /** Whether an attribute is returned only on request. */
  readonly hasRequested: boolean
  readonly references: readonly ReferenceAttribute[]
}

/** A complex attribute whose elements name resources that are served here. */
export interface CheckedReference {
  /** URN of the extension that holds it; absent for the base schema. */
  readonly extension: string | undefined
  readonly name: string
  /** Types that an element may name. */
  readonly types: readonly ServedResource[]
}

/**
 * Prepares the mounts of a service provider.
 *
 * @param mounts Mounts in the order of the discovery documents.
 * @returns The same, prepared.
 */
export function serveMounts(mounts: readonly Mount[]): readonly ServedResource[] {
  const endpoints = new Map(mounts.map(({ definition }) => [definition.name, definition.endpoint]))
  return mounts.map(({ definition, store }) => ({
    definition,
    store,
    endpoint: definition.endpoint,
    schemas: new Set([definition.schema.id, ...definition.extensions.map(({ extension }) => extension.urn)]),
    members: hasList(definition, 'members') ? store.members : undefined,
    hasMembers: hasList(definition, 'members'),
    hasGroups: isReadOnlyList(definition, 'groups'),
    hasRequested: allAttributes(definition).some(({ attribute }) => isRequested(attribute)),
    references: findReferences(definition, endpoints),
  }))
}

function hasList(definition: ResourceDefinition, name: string): boolean {
  const attribute = definition.index.get(name)?.attribute
  return attribute?.type === 'complex' && attribute.multiValued
}

function isReadOnlyList(definition: ResourceDefinition, name: string): boolean {
  return hasList(definition, name) && definition.index.get(name)?.attribute?.mutability === 'readOnly'
}

function isRequested(attribute: Attribute): boolean {
  return attribute.returned === 'request' || (attribute.subAttributes?.some(isRequested) ?? false)
}

/** An attribute and where it is. */
export interface PlacedAttribute {
  /** URN of the extension that holds it; absent for the base schema. */
  readonly extension: string | undefined
  readonly attribute: Attribute
}

/**
 * @param definition Definition of a resource type.
 * @returns Its attributes and those of its extensions.
 */
export function allAttributes(definition: ResourceDefinition): readonly PlacedAttribute[] {
  const base = definition.schema.attributes.map((attribute) => ({ extension: undefined, attribute }))
  const extended = definition.extensions.flatMap(({ extension }) =>
    extension.schema.attributes.map((attribute) => ({ extension: extension.urn, attribute })),
  )
  return [...base, ...extended]
}

/** Where `$ref` may lead to several types, only the element's own `type` tells which: members are built apart. */
function findReferences(
  definition: ResourceDefinition,
  endpoints: ReadonlyMap<string, string>,
): readonly ReferenceAttribute[] {
  return allAttributes(definition).flatMap(({ extension, attribute }) => {
    const reference = attribute.subAttributes?.find(({ name }) => name === '$ref')
    const [type, ...others] = reference?.referenceTypes ?? []
    const endpoint = type === undefined ? undefined : endpoints.get(type)
    if (type === undefined || endpoint === undefined || others.length > 0) return []
    if (attribute.mutability === 'readOnly') return []
    const display = attribute.subAttributes?.find(isDisplayName)
    return [{ extension, name: attribute.name, resourceType: type, endpoint, displayName: display?.name }]
  })
}

function isDisplayName({ name, mutability }: Attribute): boolean {
  return mutability === 'readOnly' && (name === 'displayName' || name === 'display')
}
