import { bearer, createScimClient } from '../src/index.js'
import { createProvider, enterpriseUsers, token } from './provider.js'
import { reset, scimError } from './scripted-fetch.js'

/** What came of a run: nothing is lost or twice, and no request was sent that knowing everything would have saved. */
export interface FaultReport {
  /** Users that were acknowledged and are not there. */
  readonly lost: number
  /** Users that are there more than once. */
  readonly twice: number
  /** Calls that were rejected. */
  readonly rejected: number
  readonly requests: number
  /** Requests of a client that knows everything but must send again what a fault spoiled. */
  readonly needed: number
  readonly faults: Readonly<Record<string, number>>
}

const faults = ['429', '503 before', '503 after', 'reset before', 'reset after'] as const

/**
 * Creates users at a provider whose every response may be spoilt, and counts the results.
 *
 * @param count Number of users.
 * @param seed Seed of the faults.
 * @param rate Share of spoilt responses, 0 to 1.
 */
export async function createUnderFaults(count: number, seed: number, rate: number): Promise<FaultReport> {
  const { handler, baseUrl } = createProvider()
  const random = mulberry32(seed)
  const injected: Record<string, number> = {}
  let requests = 0
  let needed = count
  const fetch = async (request: Request): Promise<Response> => {
    requests++
    const fault = random() < rate ? faults[Math.floor(random() * faults.length)] : undefined
    if (fault === undefined) return handler.fetch(request)
    injected[fault] = (injected[fault] ?? 0) + 1
    const applied = fault.endsWith('after') && (await handler.fetch(request)).ok
    // A read and a refusal are sent again; a write in doubt is looked up, and sent again when it was not applied.
    needed += request.method === 'GET' || fault === '429' || applied ? 1 : 2
    if (fault === '429') return scimError(429, undefined, { 'retry-after': '0' })
    if (fault.startsWith('503')) return scimError(503)
    throw reset()
  }
  const scim = createScimClient({
    baseUrl,
    fetch,
    authenticate: bearer(token),
    resources: { users: enterpriseUsers },
    retries: 9,
  })
  const acknowledged = new Map<string, string>()
  let rejected = 0
  await inLanes(count, 512, async (n) => {
    const userName = `user${n}`
    try {
      const created = await scim.users.create({ userName, ...(n % 2 === 0 && { externalId: `e${n}` }) })
      acknowledged.set(userName, created.id)
    } catch {
      rejected++
    }
  })
  const there = new Map<string, string[]>()
  const plain = createScimClient({
    baseUrl,
    fetch: handler.fetch,
    authenticate: bearer(token),
    resources: { users: enterpriseUsers },
  })
  for await (const { id, userName } of plain.users.list()) there.set(userName, [...(there.get(userName) ?? []), id])
  return {
    lost: [...acknowledged].filter(([userName, id]) => !there.get(userName)?.includes(id)).length,
    twice: [...there.values()].filter((ids) => ids.length > 1).length,
    rejected,
    requests,
    needed,
    faults: injected,
  }
}

async function inLanes(count: number, lanes: number, run: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) await run(next++)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** A small generator with a seed, so that a failing run can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
