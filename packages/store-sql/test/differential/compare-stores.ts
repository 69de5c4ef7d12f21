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
      const stores = [openStore('memory'), openStore('sqlite')]
      const sides = stores.map(({ store }) => openSide(store, base, 'tenant'))
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
        for (const { close } of stores) close()
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

function tell(n: number, step: unknown, left: unknown, right: unknown, names = ['Memory', 'SQLite']): string {
  const show = (value: unknown) => JSON.stringify(value, null, 1)
  return `request ${n}: ${show(step)}\n${names[0]}: ${show(left)}\n${names[1]}: ${show(right)}`
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

interface Side {
  send(step: Step): Promise<Answer>
  changes(): Promise<unknown>
}

/**
 * Sends two random sequences of requests, one for each of two tenants that share a store, by turns. Each must be answered as
 * on a store of its own, though the tenants have resources of the same ids, names and members.
 *
 * @param kind The store.
 * @param runs Number of pairs of sequences.
 * @param seed Makes the same sequences again.
 */
export async function compareTenants(kind: 'memory' | 'sqlite', runs: number, seed: number) {
  const statuses = new Map<number, number>()
  let requests = 0
  const result = await fc.check(
    fc.asyncProperty(arbitrarySteps, arbitrarySteps, async (...sequences) => {
      const shared = openStore(kind)
      const own = [openStore(kind), openStore(kind)]
      const tenants = own.map(({ store }, n) => {
        const tenantId = `tenant-${n}`
        return { together: openSide(shared.store, 'strict', tenantId), alone: openSide(store, 'strict', tenantId) }
      })
      try {
        for (let n = 0; n < Math.max(...sequences.map(({ length }) => length)); n++) {
          for (const [tenant, { together, alone }] of tenants.entries()) {
            const step = sequences[tenant]?.[n]
            if (!step) continue
            const [left, right] = await Promise.all([together.send(step), alone.send(step)])
            requests++
            statuses.set(left.status, (statuses.get(left.status) ?? 0) + 1)
            if (!isDeepStrictEqual(left, right)) throw new Error(tell(n, step, left, right, ['Together', 'Alone']))
          }
        }
        for (const { together, alone } of tenants) {
          const [left, right] = await Promise.all([together.changes(), alone.changes()])
          if (!isDeepStrictEqual(left, right)) throw new Error(tell(-1, 'the change feed', left, right))
        }
      } finally {
        for (const { close } of [shared, ...own]) close()
      }
    }),
    { numRuns: runs, seed },
  )
  const report: DifferentialReport = { seed, requests, statuses }
  return result.failed ? { ...report, fault: `${result.errorInstance}\n${fc.defaultReportMessage(result)}` } : report
}

interface OpenedStore {
  readonly store: ResourceStore
  close(): void
}

function openStore(kind: 'memory' | 'sqlite'): OpenedStore {
  if (kind === 'memory') return { store: memoryStore(), close: () => undefined }
  const database = openSqlite(':memory:')
  return { store: createSqlStore({ database }), close: () => database.close() }
}

/** Ids and times are the same on both sides; cursors are secret, so each side gets its own back. */
function openSide(store: ResourceStore, compatibility: Base, tenantId: string): Side {
  let time = Date.parse('2026-01-01T00:00:00.000Z')
  let made = 0
  let cursor = ''
  let listing = '/Users'
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'test', tenantId, userId: ids[0], scopes: ['scim'] }),
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
      const feed = await store.changes?.(tenantId as TenantId, 0, 1_000) // the tenant of the principal
      // The time of a deletion is the store's own, and numbers may have gaps.
      return feed?.map(({ sequence, ...change }) => (change.kind === 'delete' ? { ...change, at: '' } : change))
    },
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
