import type { Compatibility, ResourceDefinition } from '@scimkit/core'
import type { Note, ResourceStore, ScimHandlerOptions } from '@scimkit/server-kit'
import { createProvider } from './create-provider.js'
import { createFailureRules, type FailureRule } from './failure-rules.js'
import { answerInspector } from './inspector/answer-inspector.js'
import type { Listener, ListenOptions } from './listen.js'
import { createRedactors } from './redact-secrets.js'
import { createRequestRecorder, type RecordedRequest } from './request-recorder.js'
import type { SeedResources } from './seed-resources.js'
import { tapBody } from './tap-body.js'

/** Options of {@link createMockServer}. */
export interface MockServerOptions
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
  /** Number of newest requests that `requests` keeps; 10 000. */
  readonly keptRequests?: number | undefined
  /** Told about every reading that goes beyond the RFC's letter. */
  readonly onNote?: ((note: Note) => void) | undefined
}

const optionNames: Readonly<Record<keyof MockServerOptions, true>> = {
  resources: true,
  basePath: true,
  baseUrl: true,
  token: true,
  compatibility: true,
  seed: true,
  store: true,
  keptRequests: true,
  onNote: true,
  limits: true,
  hooks: true,
  now: true,
  createId: true,
  cursorSecrets: true,
  omittedOnReplace: true,
}

function checkNames(options: MockServerOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('createMockServer takes an object of options')
  if (options.resources !== undefined && !Array.isArray(options.resources)) {
    throw new TypeError('createMockServer: resources must be a list of definitions, such as [userResource]')
  }
  const [unknown] =
    Object.entries(options).find(([name, value]) => value !== undefined && !Object.hasOwn(optionNames, name)) ?? []
  if (unknown === undefined) return
  throw new TypeError(
    `createMockServer: ${unknown} is not an option; the options are ${Object.keys(optionNames).join(', ')}`,
  )
}

/** A SCIM service provider for tests and laptops. */
export interface MockServer {
  /** URL of the service root: an address that does not exist until the server listens, so that only `fetch` reaches it. */
  readonly url: string
  /** Answers a request without any network; made for `createScimClient({ fetch })`. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** The answered requests, oldest first, those over the network too. */
  readonly requests: readonly RecordedRequest[]
  /**
   * Lets the next request fail that the rule is meant for.
   *
   * @throws {TypeError} When the rule makes no sense.
   */
  readonly failNext: (rule: FailureRule) => void
  /** Forgets the requests and the rules of `failNext`, and goes back to the seed; a `store` of one's own stays as it is. */
  readonly reset: () => void
  /** Creates the resources of the seed now; without it the first request does. */
  readonly ready: () => Promise<void>
  /** Serves HTTP, on a free port of the loopback interface unless told otherwise. Node alone. */
  readonly listen: (options?: ListenOptions) => Promise<Listener>
  /** Stops listening when open requests are answered. */
  readonly close: () => Promise<void>
}

/**
 * Makes a SCIM service provider that runs within a test or a small process: the same handler as in production, over
 * memory.
 *
 * @param options What is served and how tolerantly.
 * @returns The server; it listens nowhere until told to.
 * @throws {TypeError} That names the option at fault.
 * @example
 * const server = createMockServer({ resources: [userResource] })
 * const scim = createScimClient({ baseUrl: server.url, fetch: server.fetch, resources: { users: userResource } })
 * server.failNext({ method: 'POST', path: '/Users', status: 429 })
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  checkNames(options)
  const { basePath = '/scim/v2', keptRequests = 10_000 } = options
  const rules = createFailureRules()
  const onNote: NonNullable<ScimHandlerOptions['onNote']> = (note, { requestId }) => {
    recorder.note(requestId, note)
    options.onNote?.(note)
  }
  let provider = createProvider(options, onNote)
  const recorder = createRequestRecorder(keptRequests, createRedactors(provider.definitions, options.token))
  let url = `https://mock.invalid${basePath}`
  let listener: Promise<Listener> | undefined

  async function answer(given: Request): Promise<Response> {
    const { pathname } = new URL(given.url)
    const path = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname
    const failure = rules.take(given.method, path)
    const { request, read, text } = tapBody(given)
    if (failure && failure.delay > 0) await wait(failure.delay, request.signal)
    const reached = failure?.drop !== 'request' && failure?.response === undefined
    if (!reached && (await provider.admits(request))) await read()
    const response = reached ? await (await provider.ready()).fetch(request) : failure?.response?.clone()
    const lost = failure?.drop !== undefined
    await recorder.record({ request, path, body: text(), response, lost, failed: failure !== undefined })
    if (lost || !response) throw new TypeError('The mock server was told to break the connection')
    return response
  }

  return {
    get url() {
      return url
    },
    fetch: async (input, init) => answer(new Request(input, init)),
    requests: recorder.requests,
    failNext: (rule) => rules.add(rule),
    reset() {
      recorder.clear()
      rules.clear()
      if (!options.store) provider = createProvider(options, onNote)
    },
    async ready() {
      await provider.ready()
    },
    async listen(address = {}) {
      if (listener) throw new TypeError('listen: the server listens already')
      listener = import('./listen.js').then(({ listen }) => {
        const inspect = (request: Request) => answerInspector(request, recorder)
        return listen({ answer, inspect }, { basePath, baseUrl: options.baseUrl }, address)
      })
      try {
        const open = await listener
        url = open.url
        return open
      } catch (error) {
        listener = undefined
        throw error
      }
    },
    async close() {
      const open = await listener
      listener = undefined
      await open?.close()
    },
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason)
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}
