import { isDeepStrictEqual } from 'node:util'
import { type Compatibility, enterpriseUser, groupResource, userResource } from '@scimkit/core'
import { createScimHandler, memoryStore, mount, type ResourceStore, type TenantId } from '@scimkit/server-kit'
import fc from 'fast-check'
import { createSqlStore, openSqlite } from '../../src/index.js'
import { arbitrarySteps, ids, type Step } from './arbitrary-steps.js'

/** How tolerant the service providers are. */
export type Base = Extract<Compatibility, string>

/** What a run has seen. */
export interface DifferentialReport {
  readonly seed: number
  readonly requests: number
  /** Number of answers by status. */
  readonly statuses: ReadonlyMap<number, number>
  /** The smallest sequence that is answered differently; absent when there is none. */
  readonly fault?: string | undefined
}

/**
 * Sends random sequences of requests to a service provider on the memory store and to one on SQLite, which must answer
 * every one alike.
 *
 * @param base How tolerant both are.
 * @param runs Number of sequences.
 * @param seed Makes the same sequences again.
 */
export async function compareStores(base: Base, runs: number, seed: number): Promise<DifferentialReport> {
  const statuses = new Map<number, number>()
  let requests = 0
  const result = await fc.check(
    fc.asyncProperty(arbitrarySteps, async (steps) => {
      const sides = [openMemory(base), openSql(base)] as const
      try {
        for (const [n, step] of steps.entries()) {
          const [left, right] = await Promise.all(sides.map((side) => side.send(step)))
          requests++
          statuses.set(left?.status ?? 0, (statuses.get(left?.status ?? 0) ?? 0) + 1)
          if (!isDeepStrictEqual(left, right)) throw new Error(tell(n, step, left, right))
        }
        const [left, right] = await Promise.all(sides.map((side) => side.changes()))
        if (!isDeepStrictEqual(left, right)) throw new Error(tell(steps.length, 'the change feed', left, right))
      } finally {
        for (const side of sides) side.close()
      }
    }),
    { numRuns: runs, seed, endOnFailure: false },
  )
  return {
    seed,
    requests,
    statuses,
    ...(result.failed && { fault: `${result.errorInstance}\n${fc.defaultReportMessage(result)}` }),
  }
}

function tell(n: number, step: unknown, left: unknown, right: unknown): string {
  const show = (value: unknown) => JSON.stringify(value, null, 1)
  return `request ${n}: ${show(step)}\nmemory answers ${show(left)}\nSQLite answers ${show(right)}`
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

interface Side {
  send(step: Step): Promise<Answer>
  changes(): Promise<unknown>
  close(): void
}

function openMemory(base: Base): Side {
  return openSide(memoryStore(), base, () => undefined)
}

function openSql(base: Base): Side {
  const database = openSqlite(':memory:')
  return openSide(createSqlStore({ database, dialect: 'sqlite' }), base, () => database.close())
}

/** Ids and times are the same on both sides; cursors are secret, so each side gets its own back. */
function openSide(store: ResourceStore, compatibility: Base, close: () => void): Side {
  let time = Date.parse('2026-01-01T00:00:00.000Z')
  let made = 0
  let cursor = ''
  let listing = '/Users'
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'test', userId: ids[0], scopes: ['scim'] }),
    compatibility,
    createId: () => ids[made++] ?? `n${made}`,
    now: () => new Date(time),
  })
  return {
    async send({ method, path, headers, body, passed }) {
      time += passed
      const isNext = path === 'CURSOR'
      if (path.endsWith('&cursor')) listing = path
      const target = isNext
        ? `${listing.replace(/&cursor$/, '')}${listing.includes('?') ? '&' : '?'}cursor=${cursor}`
        : path
      const init = body ? { body: JSON.stringify(body) } : {}
      const sent = new Request(`http://localhost/scim/v2${target}`, {
        method,
        headers: { 'content-type': 'application/scim+json', ...headers },
        ...init,
      })
      const answer = await readAnswer(await scim.fetch(sent))
      if (answer.cursor !== undefined) cursor = answer.cursor
      return answer.shown
    },
    async changes() {
      const feed = await store.changes?.('default' as TenantId, 0, 1_000) // the tenant of principals without one
      // The time of a deletion is the store's own, and numbers may have gaps.
      return feed?.map(({ sequence, ...change }) => (change.kind === 'delete' ? { ...change, at: '' } : change))
    },
    close,
  }
}

async function readAnswer(
  response: Response,
): Promise<{ readonly shown: Answer; readonly cursor?: string | undefined }> {
  const text = await response.text()
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  const { nextCursor, ...rest } = Object(body) as { nextCursor?: string } // its own members alone are compared
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !ownHeaders.has(name)))
  const shown = {
    status: response.status,
    headers,
    body: nextCursor === undefined ? body : { ...rest, nextCursor: 'CURSOR' },
  }
  return { shown, cursor: nextCursor }
}

/** They differ from answer to answer. */
const ownHeaders: ReadonlySet<string> = new Set(['x-request-id', 'content-length'])
