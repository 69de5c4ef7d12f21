import type { ServerProfile, ServerProfileName } from '@scimkit/core/profiles'
import { type BulkRequestOperation, type ResourceDefinition, requireValidators } from '@scimkit/core/schema'
import type { BulkResult } from '../bulk/ledger.js'
import type { BulkOptions } from '../bulk/run.js'
import type { Discovery } from '../discovery/discover.js'
import type { InvalidResource } from '../resource/inspect-resource.js'
import type { Inspect, ResourceContext } from '../resource/resource-context.js'
import type { Authenticate } from '../transport/authenticate.js'
import { checkNumbers, refuseUnknown, refuseValue } from '../transport/check-options.js'
import type { ClientHooks, Connection } from '../transport/connection.js'
import type { ScimPagingError } from '../transport/errors.js'
import { loadOnce } from '../transport/once.js'
import { createResourceClient } from './create-resource-client.js'
import { createMeClient, type MeOf } from './me-client.js'
import type { RawArguments, RawMethod, RawOperation, RawPathOf, RawResponse, UntypedRawOptions } from './raw-request.js'
import { readBaseUrl } from './read-base-url.js'
import type { RequestOptions, ResourceClient } from './resource-client.js'
import type { TypedDefinition, TypesOf } from './resource-types.js'

/** Options of {@link createScimClient}. */
export interface ScimClientOptions<R> extends ClientHooks {
  /** Address of the service provider, such as `https://idp.example.com/scim/v2`. */
  readonly baseUrl: string
  /** Credentials: `bearer`, `basic`, or a function that gives the Authorization header. */
  readonly authenticate?: Authenticate | undefined
  /** Definitions by the names that the client gives them. */
  readonly resources: R
  /** Sends requests in place of the global `fetch`: for proxies, certificates, tests. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
  /**
   * What the server requires and limits beyond what it says itself: the name of a known one, or a profile. The client
   * keeps to its page size, members per PATCH, rates and headers, and does not send what the server does not do.
   */
  readonly profile?: ServerProfileName | ServerProfile | undefined
  /** Whether resources in answers are checked by their definitions' validators; `off` unless given. */
  readonly validate?: 'off' | 'warn' | 'strict' | undefined
  /** Milliseconds until a try is given up; 30,000 unless given. */
  readonly timeout?: number | undefined
  /** Milliseconds for a call with all its tries and waits, for a listing per page; 120,000 unless given. */
  readonly budget?: number | undefined
  /** Tries after the first; 4 unless given. */
  readonly retries?: number | undefined
  /** Requests at once; 10 unless given. */
  readonly concurrency?: number | undefined
  /** Most bytes of an answer's body, after decompression; 64 MiB unless given. */
  readonly maxBodyBytes?: number | undefined
  /** Lets `http:` go to other machines, where everybody on the way reads the credentials. */
  readonly allowInsecure?: boolean | undefined
  /** Told what is wrong with a listing, which then does not throw for it. */
  readonly onPagingFault?: ((error: ScimPagingError) => void) | undefined
  /** Told of resources that `validate: 'warn'` finds invalid; without it they go to the console. */
  readonly onInvalidResource?: ((invalid: InvalidResource) => void) | undefined
}

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
 * Makes a client of a service provider.
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
  checkOptions(options)
  const { validate = 'off', onPagingFault } = options
  const connection = createConnection(options)
  const contexts: ResourceContext[] = []
  const client: Record<string, unknown> = {
    async discover(given: RequestOptions = {}) {
      const { checkCallOptions, discover } = await import('../discovery/discover.js')
      checkCallOptions('discover', given)
      const definitions = contexts.map(({ definition }) => definition)
      return discover(connection, definitions, given)
    },
    async request(method: RawMethod, path: string, given: UntypedRawOptions = {}) {
      const { requestRaw } = await import('./raw-request.js')
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

const modes = ['off', 'warn', 'strict']

const functions = [
  'fetch',
  'authenticate',
  'onRequest',
  'onResponse',
  'onAttempt',
  'onRetry',
  'onRateLimit',
  'onNote',
  'onPagingFault',
  'onInvalidResource',
]

const optionNames = [
  'baseUrl',
  'resources',
  'profile',
  'validate',
  'timeout',
  'budget',
  'retries',
  'concurrency',
  'maxBodyBytes',
  'allowInsecure',
  ...functions,
]

function checkOptions(options: ScimClientOptions<unknown>): void {
  refuseUnknown('createScimClient', options, optionNames)
  const { resources, validate } = options
  if (Object(resources) !== resources) {
    refuseValue('resources', resources, 'definitions by name, as { users: userResource }')
  }
  for (const name of functions) {
    const value: unknown = options[name as keyof typeof options] // a name of the list
    // What was given may be the token itself, so it is not shown.
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`${name} is not a function${name === 'authenticate' ? ', such as bearer(token) gives' : ''}`)
  }
  if (validate !== undefined && !modes.includes(validate)) refuseValue('validate', validate, modes.join(', '))
}

function createConnection(options: ScimClientOptions<unknown>): Connection {
  const { timeout = 30_000, budget = 120_000, retries = 4, concurrency = 10, maxBodyBytes = 64 * 1024 * 1024 } = options
  checkNumbers({ timeout, budget, concurrency, maxBodyBytes }, 1)
  checkNumbers({ retries }, 0)
  return {
    baseUrl: readBaseUrl(options.baseUrl, options.allowInsecure ?? false),
    fetch: options.fetch,
    authenticate: options.authenticate,
    concurrency,
    pause: { until: 0, cause: undefined },
    timeout,
    budget,
    retries,
    maxBodyBytes,
    hooks: options,
    learned: { plainListings: false, noted: new Set() },
    rules: options.profile && rulesOf(options.profile),
  }
}

/** The profiles themselves are loaded with the first request; a record, so that the compiler misses no name. */
const profileNames: Readonly<Record<ServerProfileName, 1>> = {
  aws: 1,
  databricks: 1,
  'github-emu': 1,
  salesforce: 1,
  slack: 1,
  snowflake: 1,
  zscaler: 1,
}

function rulesOf(profile: ServerProfileName | ServerProfile): Connection['rules'] {
  if (typeof profile === 'string' && !Object.hasOwn(profileNames, profile)) {
    refuseValue('profile', profile, `${Object.keys(profileNames).join(', ')}, or an object`)
  }
  return loadOnce(async () => (await import('../profiles/create-server-rules.js')).createServerRules(profile))
}

const inspector = /* @__PURE__ */ loadOnce(() => import('../resource/inspect-resource.js'))

function inspectLater(mode: 'warn' | 'strict', onInvalid: ScimClientOptions<unknown>['onInvalidResource']): Inspect {
  return async (definition, resource, answer) => {
    const { inspectResource } = await inspector()
    inspectResource(definition, resource, { mode, answer, onInvalid })
  }
}
