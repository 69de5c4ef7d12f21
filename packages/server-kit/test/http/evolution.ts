import { groupResource, type ResourceDefinition, resourceFromSchemas, urns } from '@scimkit/core'
import { mount, type ResourceStore } from '../../src/index.js'
import { attribute } from './device.js'
import { type Host, type HostOptions, type StartHost, testUser } from './host.js'

/** URN of the schema of {@link defineUser}. */
export const userUrn = 'urn:example:params:scim:schemas:User'
/** URN of the extension of {@link defineUser}. */
export const badgeUrn = 'urn:example:params:scim:schemas:extension:Badge'

/** Attributes of a user and its extension. */
export interface Shape {
  readonly attributes?: readonly object[]
  /** Attributes of the extension; absent for none. */
  readonly badge?: readonly object[]
  readonly badgeRequired?: boolean
}

/** Makes a resource type `User` with `userName`, `title`, `active` and what a test adds. */
export function defineUser({ attributes = [], badge, badgeRequired = false }: Shape): ResourceDefinition {
  const schema = (id: string, own: readonly object[]): object => ({
    schemas: [urns.schema],
    id,
    name: 'User',
    attributes: own,
  })
  const usual = [
    attribute('userName', { required: true, uniqueness: 'server' }),
    attribute('title'),
    attribute('active', { type: 'boolean' }),
  ]
  return resourceFromSchemas(
    [schema(userUrn, [...usual, ...attributes]), ...(badge ? [schema(badgeUrn, badge)] : [])],
    {
      schemas: [urns.resourceType],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      schema: userUrn,
      ...(badge && { schemaExtensions: [{ schema: badgeUrn, required: badgeRequired }] }),
    },
  )
}

/**
 * Starts a service provider by one definition, lets a test fill it, and starts another by the definition of today on the
 * same store.
 */
export async function startAnew(
  start: StartHost,
  definitions: { readonly before: Shape; readonly after: Shape },
  fill: (host: Host) => Promise<void>,
  options: HostOptions = {},
): Promise<Host> {
  let shared: ResourceStore | undefined
  const first = await start({
    resources: (store) => {
      shared = store
      return [mount(defineUser(definitions.before), store), mount(groupResource, store)]
    },
  })
  await fill(first)
  return start({
    ...options,
    resources: (store) => {
      const used = shared ?? store
      return [mount(defineUser(definitions.after), used), mount(groupResource, used)]
    },
  })
}

/** Makes groups with further attributes. */
export function defineGroup(attributes: readonly object[]): ResourceDefinition {
  const { id, name } = groupResource.schema
  const members = attribute('members', {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('value', { mutability: 'immutable' }),
      attribute('$ref', { type: 'reference', referenceTypes: ['User', 'Group'], mutability: 'immutable' }),
      attribute('type', { mutability: 'immutable' }),
      attribute('display', { mutability: 'immutable' }),
    ],
  })
  return resourceFromSchemas(
    [
      {
        schemas: [urns.schema],
        id,
        name,
        attributes: [attribute('displayName', { required: true }), members, ...attributes],
      },
    ],
    { schemas: [urns.resourceType], id: name, name, endpoint: '/Groups', schema: id },
  )
}

/** Starts a service provider with the usual groups, and another with groups of today on the same store. */
export async function startGroups(
  start: StartHost,
  groups: ResourceDefinition,
  options: HostOptions,
): Promise<{ readonly host: Host; readonly first: Host }> {
  let shared: ResourceStore | undefined
  const first = await start({
    resources: (store) => {
      shared = store
      return [mount(testUser, store), mount(groupResource, store)]
    },
  })
  await first.send('GET', '/Groups')
  const host = await start({
    ...options,
    resources: (store) => [mount(testUser, shared ?? store), mount(groups, shared ?? store)],
  })
  return { host, first }
}
