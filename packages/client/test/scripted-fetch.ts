/** One step of a script: a response, an error that `fetch` throws, or a function that makes either. */
export type Step = Response | Error | ((request: Request) => Response | Promise<Response>)

/** A `fetch` that responds by a script and keeps the requests. */
export interface ScriptedFetch {
  (request: Request): Promise<Response>
  readonly requests: { readonly method: string; readonly url: URL; readonly headers: Headers; readonly text: string }[]
}

/**
 * Makes a scripted `fetch`.
 *
 * @param steps Steps in their order; the last one is repeated when it is a function.
 * @returns The `fetch`.
 */
export function scriptedFetch(...steps: Step[]): ScriptedFetch {
  const requests: ScriptedFetch['requests'] = []
  const run = async (request: Request): Promise<Response> => {
    const text = await request.clone().text()
    requests.push({ method: request.method, url: new URL(request.url), headers: request.headers, text })
    const last = steps[steps.length - 1]
    const step = steps[requests.length - 1] ?? (typeof last === 'function' ? last : undefined)
    if (step === undefined) throw new Error(`The script has no answer to request ${requests.length}, ${request.method}`)
    if (step instanceof Error) throw step
    return step instanceof Response ? step : step(request)
  }
  return Object.assign(run, { requests })
}

/** A response with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/scim+json', ...headers },
  })
}

/** A response with an error of the protocol. */
export function scimError(status: number, scimType?: string, headers: Record<string, string> = {}): Response {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error']
  return json(status, { schemas, status: String(status), scimType, detail: `error ${status}` }, headers)
}

/** A page of a listing. */
export function page(resources: readonly unknown[], rest: Record<string, unknown> = {}): Response {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']
  return json(200, { schemas, totalResults: resources.length, Resources: resources, ...rest })
}

/** A User as a server sends it. */
export function user(id: string, rest: Record<string, unknown> = {}): Record<string, unknown> {
  return { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id, userName: `user${id}`, ...rest }
}

/** The error that Node's `fetch` throws when a connection is reset. */
export function reset(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
}

/** The error that Node's `fetch` throws when a connection is refused. */
export function refused(): TypeError {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  return new TypeError('fetch failed', { cause })
}

/** Reads a listing to its end. */
export async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

/** The error that a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('The promise was fulfilled')
}
