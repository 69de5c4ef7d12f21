/** How a live server is read. */
export interface PullOptions {
  /** Bearer token; it goes to the origin of the URL alone. */
  readonly token?: string | undefined
  /** Milliseconds for each request, 30,000 by default. */
  readonly timeout?: number | undefined
  /** Bytes of one response, 16 MiB by default. */
  readonly maxBodyBytes?: number | undefined
  /** A `fetch` of your own, for a proxy or a private certificate authority. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** A server that could not be read; the message is one sentence that names the endpoint. */
export class PullError extends Error {
  /**
   * @param message One sentence.
   * @param options Cause, and the status where the server answered with an error.
   */
  constructor(
    message: string,
    readonly options: ErrorOptions & { readonly status?: number } = {},
  ) {
    super(message, options)
  }

  override get name(): string {
    return 'PullError'
  }
}

const maxRedirects = 5
const defaultTimeout = 30_000
const defaultBodyBytes = 16 * 1_024 * 1_024

/**
 * Reads one JSON document of a live server. Redirects are followed within the origin alone, so the token never leaves it.
 *
 * @param url Endpoint to read.
 * @param options Token and limits.
 * @returns The parsed JSON.
 * @throws {PullError} When there is no such document; the message says what was received instead.
 */
export async function readEndpoint(url: URL, options: PullOptions): Promise<unknown> {
  const response = await follow(url, options, maxRedirects)
  if (!response.ok) {
    const { status } = response
    throw new PullError(`${url.href} answered ${status}${hintFor(status)}`, { status })
  }
  const text = await readText(response, url, options.maxBodyBytes ?? defaultBodyBytes)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new PullError(`${url.href} did not answer with JSON; check that the URL is the root of the SCIM service`, {
      cause,
    })
  }
}

async function follow(url: URL, options: PullOptions, redirects: number): Promise<Response> {
  const { token, timeout = defaultTimeout, fetch = globalThis.fetch } = options
  const headers = {
    accept: 'application/scim+json, application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  }
  const signal = AbortSignal.timeout(timeout)
  const response = await fetch(url, { headers, redirect: 'manual', signal }).catch((cause: unknown) => {
    const reason = signal.aborted
      ? `did not answer within ${timeout} ms; try again, or ask its operator`
      : 'cannot be reached; check the address, and that the server runs'
    throw new PullError(`${url.href} ${reason}`, { cause })
  })
  const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
  if (location === null) return response
  await response.body?.cancel()
  const target = new URL(location, url)
  if (target.origin !== url.origin) {
    throw new PullError(`${url.href} redirects to ${target.origin}; pull from there if you trust it`)
  }
  if (redirects === 0) throw new PullError(`${url.href} redirects too often; give the final URL`)
  return follow(target, options, redirects - 1)
}

async function readText(response: Response, url: URL, most: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > most)
        throw new PullError(
          `${url.href} answered more than ${most} bytes; check that the URL is the root of the SCIM service`,
        )
      text += decoder.decode(chunk, { stream: true })
    }
  } catch (cause) {
    if (cause instanceof PullError) throw cause
    throw new PullError(`${url.href} broke off its response after ${bytes} bytes; try again`, { cause })
  }
  return text + decoder.decode()
}

function hintFor(status: number): string {
  if (status === 401 || status === 403) return '; give a token that may read it with --token'
  if (status === 404) return '; check that the URL is the root of the SCIM service, such as https://example.com/scim/v2'
  return '; ask the operator of the server'
}
