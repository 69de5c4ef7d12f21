import type { ScimHandlerOptions } from '@scimkit/server-kit'
import { createFailureRules, type FailureRule } from './failure-rules.js'
import { serveInspector } from './inspector/serve-inspector.js'
import type { Listener, ListenOptions } from './listen.js'
import { checkOptionNames, type MockServerOptions } from './mock-server-options.js'
import { createProvider } from './provider/create-provider.js'
import { createRedactors } from './recorder/redact-secrets.js'
import { createRequestRecorder, type RecordedRequest } from './recorder/request-recorder.js'
import { tapBody } from './recorder/tap-body.js'

/** A SCIM service provider for tests and laptops. */
export interface MockServer {
  /** URL of the service root: an address that does not exist until the server listens, so that only `fetch` reaches it. */
  readonly url: string
  /** Answers a request without any network; made for `createScimClient({ fetch })`. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** The answered requests, oldest first, those over the network too. */
  readonly requests: readonly RecordedRequest[]
  /**
   * Makes the next request that matches the rule fail.
   *
   * @throws {TypeError} When the rule is contradictory.
   */
  readonly failNext: (rule: FailureRule) => void
  /** Forgets the requests and the rules of `failNext`, and goes back to the seed; a `store` of your own is left as it is. */
  readonly reset: () => void
  /** Creates the resources of the seed now; without it the first request does. */
  readonly ready: () => Promise<void>
  /** Serves HTTP, on a free port of the loopback interface unless told otherwise. Node alone. */
  readonly listen: (options?: ListenOptions) => Promise<Listener>
  /** Stops listening once open requests are answered. */
  readonly close: () => Promise<void>
}

/**
 * Makes a SCIM service provider that runs within a test or a small process: the same handler as in production, over
 * memory.
 *
 * @param options What is served and how tolerantly.
 * @returns The server; it does not listen until told to.
 * @throws {TypeError} That names the option at fault.
 * @example
 * const server = createMockServer({ resources: [userResource] })
 * const scim = createScimClient({ baseUrl: server.url, fetch: server.fetch, resources: { users: userResource } })
 * server.failNext({ method: 'POST', path: '/Users', status: 429 })
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  checkOptionNames(options)
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

  async function respond(given: Request): Promise<Response> {
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
    fetch: async (input, init) => respond(new Request(input, init)),
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
        const inspect = (request: Request) => serveInspector(request, recorder)
        return listen({ respond, inspect }, { basePath, baseUrl: options.baseUrl }, address)
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
