import type { Attribute, ResourceDefinition } from '@scimkit/core'
import type { ResourceStore, StoredResource } from '@scimkit/server-kit'

/**
 * Lets a store give new resources what their schema wants from the service provider: a value for each attribute that is
 * both readOnly and required. Without it a resource of a custom type could not be what its schema says.
 *
 * @param store Store that keeps the resources.
 * @param definitions Definitions that it serves.
 * @returns The store; where nothing is to be assigned, the same one.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.2
 */
export function assignRequired(store: ResourceStore, definitions: readonly ResourceDefinition[]): ResourceStore {
  const byType = new Map(definitions.map(({ name, schema }) => [name, schema.attributes.filter(isAssigned)] as const))
  if ([...byType.values()].every(({ length }) => length === 0)) return store
  const complete = (resource: StoredResource): StoredResource => {
    const attributes = byType.get(resource.meta.resourceType) ?? []
    return {
      ...Object.fromEntries(attributes.map((attribute) => [attribute.name, assignValue(attribute, resource)])),
      ...resource,
    }
  }
  const within = (inner: ResourceStore): ResourceStore => ({
    ...inner,
    create: (context, resource) => inner.create(context, complete(resource)),
  })
  const { transaction } = store
  if (!transaction) return within(store)
  return { ...within(store), transaction: (context, work) => transaction(context, (inner) => work(within(inner))) }
}

function isAssigned({ mutability, required, returned }: Attribute): boolean {
  return mutability === 'readOnly' && required && (returned === 'default' || returned === 'always')
}

function assignValue(attribute: Attribute, resource: StoredResource): unknown {
  const value = attribute.type === 'complex' ? assignComplex(attribute, resource) : assignSimple(attribute, resource)
  return attribute.multiValued ? [value] : value
}

function assignComplex({ subAttributes = [] }: Attribute, resource: StoredResource): unknown {
  const required = subAttributes.filter((sub) => sub.required)
  const chosen = required.length > 0 ? required : subAttributes.slice(0, 1)
  return Object.fromEntries(chosen.map((sub) => [sub.name, assignValue(sub, resource)]))
}

/** Texts differ from resource to resource, since they may have to be unique. */
function assignSimple({ name, type, canonicalValues }: Attribute, { id, meta }: StoredResource): unknown {
  switch (type) {
    case 'boolean':
      return false
    case 'decimal':
    case 'integer':
      return 0
    case 'dateTime':
      return meta.created
    case 'binary':
      return 'AA=='
    case 'reference':
      return `https://mock.invalid/${encodeURIComponent(name)}/${encodeURIComponent(id)}`
    default:
      return canonicalValues?.[0] ?? `${name} of ${id}`
  }
}
