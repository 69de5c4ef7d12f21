import type { Attribute, ResourceDefinition } from '@scimkit/core'
import { isPartOf } from '@scimkit/core/documents'
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
  const byType = new Map(definitions.map((definition) => [definition.name, planAssignment(definition)] as const))
  if ([...byType.values()].every(({ base, containers }) => base.length + containers.length === 0)) return store
  const complete = (resource: StoredResource): StoredResource => {
    const { base = [], containers = [] } = byType.get(resource.meta.resourceType) ?? {}
    const used = containers.filter(({ urn, required }) => required || resource[urn] !== undefined)
    const inside = used.map(({ urn, attributes }) => {
      return [urn, { ...assignAll(attributes, resource), ...(resource[urn] as object | undefined) }] as const // a container
    })
    const schemas = [...new Set([...resource.schemas, ...used.map(({ urn }) => urn)])]
    return { ...assignAll(base, resource), ...resource, ...Object.fromEntries(inside), schemas }
  }
  const within = (inner: ResourceStore): ResourceStore => ({
    ...inner,
    create: (context, resource) => inner.create(context, complete(resource)),
  })
  const { transaction } = store
  if (!transaction) return within(store)
  return { ...within(store), transaction: (context, work) => transaction(context, (inner) => work(within(inner))) }
}

/** What is assigned to the resources of a type. */
interface Assignment {
  readonly base: readonly Attribute[]
  /** Extensions; one that is not required gets nothing unless the resource has it. */
  readonly containers: readonly {
    readonly urn: string
    readonly required: boolean
    readonly attributes: readonly Attribute[]
  }[]
}

function planAssignment({ schema, extensions }: ResourceDefinition): Assignment {
  const containers = extensions.map(({ extension, required }) => {
    const all = extension.schema.attributes
    const assigned = all.filter(isAssigned)
    // A client can write nothing of it, and a required extension has to have something.
    const needsOne = required && assigned.length === 0 && !all.some((attribute) => isPartOf(attribute, 'input'))
    const attributes = needsOne ? all.filter((attribute) => isPartOf(attribute, 'output')).slice(0, 1) : assigned
    return { urn: extension.urn, required, attributes }
  })
  return {
    base: schema.attributes.filter(isAssigned),
    containers: containers.filter(({ attributes }) => attributes.length > 0),
  }
}

function assignAll(attributes: readonly Attribute[], resource: StoredResource): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map((attribute) => [attribute.name, assignValue(attribute, resource)]))
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
