import { urns } from '@scimkit/core/documents'
import { PullError, readEndpoint } from './read-endpoint.js'

/** How a live server is read. */
export interface PullOptions {
  /** Bearer token; it goes to the origin of the URL alone. */
  readonly token?: string | undefined
  /** Milliseconds for each request, 30,000 by default. */
  readonly timeout?: number | undefined
  /** Bytes of one answer, 16 MiB by default. */
  readonly maxBodyBytes?: number | undefined
  /** Another `fetch`, for a proxy or a certificate authority of one's own. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** The discovery documents of a server, as it answered them. */
export interface PulledDocuments {
  readonly serviceProviderConfig: unknown
  readonly resourceTypes: readonly unknown[]
  readonly schemas: readonly unknown[]
}

const mostPages = 1_000
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Reads the discovery documents of a live server, page by page where it pages.
 *
 * @param url Root of the service, such as `https://example.com/scim/v2`.
 * @param options Token and limits.
 * @returns The documents as the server answered them, unchecked.
 * @throws {PullError} When an endpoint cannot be read; the message names it.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
export async function pullDocuments(url: string, options: PullOptions = {}): Promise<PulledDocuments> {
  const root = readRoot(url, options.token !== undefined)
  return {
    serviceProviderConfig: await readEndpoint(new URL(`${root}/ServiceProviderConfig`), options),
    resourceTypes: await readAll(`${root}/ResourceTypes`, options),
    schemas: await readAll(`${root}/Schemas`, options),
  }
}

function readRoot(text: string, carriesToken: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new PullError(
      `${text} is no http or https URL; give the root of the service, such as https://example.com/scim/v2`,
    )
  }
  if (url.username || url.password) throw new PullError('The URL carries a password; give a token with --token instead')
  if (carriesToken && url.protocol === 'http:' && !loopback.test(url.hostname)) {
    throw new PullError(`${url.origin} is plain http, where others can read the token; use https`)
  }
  return (url.origin + url.pathname).replace(/(?<!\/)\/+$/, '')
}

async function readAll(endpoint: string, options: PullOptions): Promise<readonly unknown[]> {
  const first = await readEndpoint(new URL(endpoint), options)
  if (Array.isArray(first)) return first
  if (!isList(first)) return [first]
  const found = [...(first.Resources ?? [])]
  const total = first.totalResults ?? found.length
  for (let page = 1; found.length < total && page < mostPages; page++) {
    const next = await readEndpoint(new URL(`${endpoint}?startIndex=${found.length + 1}`), options)
    const resources = isList(next) ? (next.Resources ?? []) : []
    // A server that ignores startIndex answers its first page again.
    const fresh = resources.filter((resource) => !found.some((known) => idOf(known) === idOf(resource)))
    if (fresh.length === 0) {
      throw new PullError(
        `${endpoint} says it has ${total} documents and gives ${found.length}; ask its operator which is true`,
      )
    }
    found.push(...fresh)
  }
  return found
}

interface List {
  readonly Resources?: readonly unknown[]
  readonly totalResults?: number
}

function isList(value: unknown): value is List {
  if (typeof value !== 'object' || value === null) return false
  const { schemas, Resources } = value as { schemas?: unknown; Resources?: unknown }
  return Array.isArray(Resources) || (Array.isArray(schemas) && schemas.includes(urns.listResponse))
}

function idOf(document: unknown): unknown {
  if (typeof document !== 'object' || document === null) return document
  const { id, name } = document as { id?: unknown; name?: unknown }
  return id ?? name ?? document
}
