import { requireValidators } from '@scimkit/core/internal'
import type { BulkRequestOperation, ResourceDefinition } from '@scimkit/core/schema'
import type { BulkResult } from '../bulk/ledger.js'
import type { BulkOptions } from '../bulk/run.js'
import type { Discovery } from '../discovery/discover.js'
import type { Inspect, ResourceContext } from '../resource/context.js'
import type { UntypedRawOptions } from '../resource/request-raw.js'
import { refuseValue } from '../transport/check-options.js'
import { loadOnce } from '../transport/once.js'
import type { RequestOptions } from '../transport/request-options.js'
import { checkClientOptions, createConnection, type ScimClientOptions } from './client-options.js'
import { createResourceClient } from './create-resource-client.js'
import { createMeClient, type MeOf } from './me-client.js'
import type { RawArguments, RawMethod, RawOperation, RawPathOf, RawResponse } from './raw-request.js'
import type { ResourceClient } from './resource-client.js'
import type { TypedDefinition, TypesOf } from './resource-types.js'

/**
 * A client: one `ResourceClient` for each definition, the subject's own resource, and what concerns the service provider
 * as a whole.
 */
export type ScimClient<R extends Readonly<Record<string, TypedDefinition>>> = {
  readonly [Name in keyof R]: ResourceClient<TypesOf<R[Name]>>
} & ServiceClient &
  MeOf<R>

/** What concerns the service provider as a whole. */
export interface ServiceClient {
  /**
   * Reads what the service provider says of itself: its features, resource types and schemas. `findings` tells where
   * that does not fit together, or not with the client's definitions.
   */
  discover(options?: RequestOptions<never, never>): Promise<Discovery>
  /**
   * Sends a request as it is given, typed by the OpenAPI document of `@scimkit/core/openapi`.
   *
   * @example
   * const { body } = await scim.request('GET', '/Users/{id}', { params: { id }, query: { attributes: ['userName'] } })
   */
  request<M extends RawMethod, P extends RawPathOf<M>>(
    method: M,
    path: P,
    ...options: RawArguments<RawOperation<M, P>>
  ): Promise<RawResponse<RawOperation<M, P>>>
  /**
   * Sends operations in as few requests as the server's limits allow, and says what came of each.
   *
   * A text `bulkId:x` in a path or as a value refers to what the operation with the bulkId `x` creates.
   */
  bulk(operations: readonly BulkRequestOperation[], options?: BulkOptions): Promise<BulkResult>
}

/** Names that a resource cannot have, since the client has or will have methods of these names. */
const reserved = ['discover', 'bulk', 'me', 'request', 'then', '__proto__']

/**
 * Creates a client of a service provider.
 *
 * @param options Address, credentials, definitions; they are read once.
 * @returns The client.
 * @throws {TypeError} When an option is wrong: an address without TLS, a number out of range, validation without validators.
 * @example
 * const scim = createScimClient({
 *   baseUrl: 'https://idp.example.com/scim/v2',
 *   authenticate: bearer(token),
 *   resources: { users: userResource, groups: groupResource },
 * })
 */
export function createScimClient<R extends Readonly<Record<string, TypedDefinition>>>(
  options: ScimClientOptions<R>,
): ScimClient<R> {
  checkClientOptions(options)
  const { validate = 'off', onPagingFault } = options
  const connection = createConnection(options)
  const contexts: ResourceContext[] = []
  const client: Record<string, unknown> = {
    async discover(given: RequestOptions = {}) {
      const { discover } = await import('../discovery/discover.js')
      const definitions = contexts.map(({ definition }) => definition)
      return discover(connection, definitions, given)
    },
    async request(method: RawMethod, path: string, given: UntypedRawOptions = {}) {
      const { requestRaw } = await import('../resource/request-raw.js')
      return requestRaw(connection, { method, path }, given)
    },
    async bulk(operations: readonly BulkRequestOperation[], given: BulkOptions = {}) {
      const { bulk } = await import('../bulk/bulk.js')
      return bulk({ connection, contexts }, operations, given)
    },
  }
  for (const [name, given] of Object.entries(options.resources)) {
    if (reserved.includes(name)) throw new TypeError(`resources cannot have the name ${name}`)
    const definition = given as ResourceDefinition // TypedDefinition is what of it the types need
    if (!definition?.schema) refuseValue(`resources.${name}`, definition, 'a definition, as userResource')
    if (validate !== 'off') requireValidators(definition)
    const context: ResourceContext = {
      connection,
      definition,
      onPagingFault,
      inspect: validate === 'off' ? undefined : inspectLater(validate, options.onInvalidResource),
    }
    contexts.push(context)
    client[name] = createResourceClient(context)
    if (name === 'users') client.me = createMeClient(context)
  }
  return client as unknown as ScimClient<R> // the types come from the definitions
}

const inspector = /* @__PURE__ */ loadOnce(() => import('../resource/inspect-resource.js'))

function inspectLater(mode: 'warn' | 'strict', onInvalid: ScimClientOptions<unknown>['onInvalidResource']): Inspect {
  return async (definition, resource, response) => {
    const { inspectResource } = await inspector()
    inspectResource(definition, resource, { mode, response, onInvalid })
  }
}
