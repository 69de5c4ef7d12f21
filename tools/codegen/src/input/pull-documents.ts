import { urns } from '@scimkit/core/documents'
import { isObject } from '@scimkit/core/internal'
import { PullError, type PullOptions, readEndpoint } from './read-endpoint.js'

/** The discovery documents of a server, as it answered them. */
export interface PulledDocuments {
  /** `undefined` where the server has none. */
  readonly serviceProviderConfig: unknown
  readonly resourceTypes: readonly unknown[]
  readonly schemas: readonly unknown[]
  /** Endpoints that the server does not have, each in a sentence. */
  readonly missing: readonly string[]
}

/** Statuses of an endpoint that a server does not have. */
const unserved: ReadonlySet<number | undefined> = new Set([404, 405, 501])
const maxPages = 1_000
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Reads the discovery documents of a live server, page by page where it pages.
 *
 * @param url Root of the service, such as `https://example.com/scim/v2`.
 * @param options Token and limits.
 * @returns The documents as the server answered them, unchecked.
 * @throws {PullError} When an endpoint cannot be read, or none is there; the message names it.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
export async function pullDocuments(url: string, options: PullOptions = {}): Promise<PulledDocuments> {
  const root = readRoot(url, options.token !== undefined)
  const absent: PullError[] = []
  const missing: string[] = []
  const read = async <T>(name: string, none: T, load: (endpoint: string) => Promise<T>): Promise<T> => {
    try {
      return await load(`${root}/${name}`)
    } catch (error) {
      if (!(error instanceof PullError) || !unserved.has(error.options.status)) throw error
      absent.push(error)
      missing.push(`${root}/${name} answered ${error.options.status}; the rest is read without it`)
      return none
    }
  }
  const config = (endpoint: string) => readEndpoint(new URL(endpoint), options)
  const all = (endpoint: string) => readAll(endpoint, options)
  const documents = {
    serviceProviderConfig: await read<unknown>('ServiceProviderConfig', undefined, config),
    resourceTypes: await read('ResourceTypes', [], all),
    schemas: await read('Schemas', [], all),
    missing,
  }
  const [first] = absent
  if (first && documents.schemas.length + documents.resourceTypes.length === 0) throw first
  return documents
}

function readRoot(text: string, carriesToken: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new PullError(
      `${text} is not an http or https URL; give the root of the service, such as https://example.com/scim/v2`,
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
  for (let page = 1; found.length < total && page < maxPages; page++) {
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
  if (!isObject(value)) return false
  const { schemas, Resources } = value
  return Array.isArray(Resources) || (Array.isArray(schemas) && schemas.includes(urns.listResponse))
}

function idOf(document: unknown): unknown {
  return isObject(document) ? (document.id ?? document.name ?? document) : document
}
