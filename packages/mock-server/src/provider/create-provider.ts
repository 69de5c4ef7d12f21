import { type Compatibility, groupResource, type ResourceDefinition, userResource } from '@scimkit/core'
import {
  type Authenticate,
  bearerToken,
  createScimHandler,
  memoryStore,
  mount,
  type ResourceStore,
  type ScimHandler,
  type ScimHandlerOptions,
} from '@scimkit/server-kit'
import { assignRequired } from './assign-required.js'
import { sampleResources } from './sample-resources.js'
import { checkSeed, type SeedResources, seedResources } from './seed-resources.js'

/** Options of the service provider behind a mock server. */
export interface ProviderOptions
  extends Pick<ScimHandlerOptions, 'limits' | 'hooks' | 'now' | 'createId' | 'cursorSecrets' | 'omittedOnReplace'> {
  /** Definitions to serve; `userResource` and `groupResource`. */
  readonly resources?: readonly ResourceDefinition[] | undefined
  /** Path of the service root; `/scim/v2`. */
  readonly basePath?: string | undefined
  /**
   * URL under which clients reach the service root from elsewhere, such as `https://x.tunnel.example/scim/v2`; `basePath`
   * is added to one without a path. Locations and references begin with it, and a server that listens on loopback
   * answers requests to its host too. Default: the address of each request.
   */
  readonly baseUrl?: string | undefined
  /** Bearer token that requests need; none when absent. `GET /ServiceProviderConfig` is open in any case. */
  readonly token?: string | undefined
  /** What is read beyond the RFC's letter; `lenient`. */
  readonly compatibility?: Compatibility | undefined
  /** Resources to begin with, or a number of sample users with their groups. */
  readonly seed?: SeedResources | number | undefined
  /** Where resources live. Default: the memory of the process, which `reset` empties. */
  readonly store?: ResourceStore | undefined
}

/** The service provider behind a mock server. */
export interface Provider {
  /** The handler, once the seed has been created. */
  ready(): Promise<ScimHandler>
  /** Whether a request has the credentials that the handler asks for. */
  admits(request: Request): Promise<boolean>
  readonly definitions: readonly ResourceDefinition[]
}

/**
 * Makes the service provider, with nothing but its seed.
 *
 * @param options Options of the mock server.
 * @param onNote Called with every reading beyond the RFC's letter.
 * @returns The provider; it creates the seed when it is first needed.
 * @throws {TypeError} That names the option at fault.
 */
export function createProvider(options: ProviderOptions, onNote: NonNullable<ScimHandlerOptions['onNote']>): Provider {
  const { resources: definitions = [userResource, groupResource], basePath = '/scim/v2', token } = options
  const seed = typeof options.seed === 'number' ? sampleResources(checkCount(options.seed)) : (options.seed ?? {})
  checkSeed(seed, definitions)
  const store = options.store ?? assignRequired(memoryStore(), definitions)
  const createId = options.createId ?? (() => crypto.randomUUID())
  let nextId: string | undefined
  const { compatibility, limits, hooks, now, cursorSecrets, omittedOnReplace, baseUrl } = options
  const common: Omit<ScimHandlerOptions, 'authenticate' | 'onNote'> = {
    ...{ compatibility, limits, hooks, now, cursorSecrets, omittedOnReplace },
    basePath,
    baseUrl: baseUrl === undefined ? undefined : completeBaseUrl(baseUrl, basePath),
    resources: definitions.map((definition) => mount(definition, store)),
    createId: () => nextId ?? createId(),
  }
  const authenticate = authenticateBy(token)
  const handler = createScimHandler({ ...common, authenticate, onNote })
  const seedHandler = createScimHandler({ ...common, authenticate: anyone })
  let seeded: Promise<void> | undefined
  const createSeed = () =>
    seedResources(seed, definitions, async (endpoint, resource, id) => {
      nextId = id
      const body = JSON.stringify({ schemas: schemasOf(definitions, endpoint), ...resource })
      const headers = { 'content-type': 'application/scim+json' }
      const request = new Request(`https://mock.invalid${basePath}${endpoint}`, { method: 'POST', headers, body })
      return seedHandler.fetch(request).finally(() => {
        nextId = undefined
      })
    })
  return {
    async ready() {
      seeded ??= createSeed()
      await seeded
      return handler
    },
    admits: async (request) => (await authenticate(request)) !== null,
    definitions,
  }
}

/** The URL of a tunnel ends at its host; the path of the service root comes after it. */
function completeBaseUrl(url: string, basePath: string): string {
  return /^https?:\/\/[^/?#]+\/?$/.test(url) ? url.replace(/\/$/, '') + basePath : url
}

function schemasOf(definitions: readonly ResourceDefinition[], endpoint: string): readonly string[] {
  return definitions.filter((one) => one.endpoint === endpoint).map(({ schema }) => schema.id)
}

const anyone: Authenticate = () => ({ subject: 'anonymous' })

function authenticateBy(token: string | undefined): Authenticate {
  return token === undefined ? anyone : bearerToken(token, { minimumLength: 1 })
}

function checkCount(count: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new TypeError('seed must be a whole number of users from 0, or an object of lists by type')
}
