import { urns } from '@scimkit/core'
import type { ScimHandler } from '@scimkit/server-kit'
import { median } from '../measure.js'
import { call, createContestant, smallUser, token } from './contestants.js'

/** What needs no socket: a list of 100 beside JSON.stringify of it, and a PATCH on a small and a large group. */
const rounds = 9
const firstPages = 40 * (rounds + 4)

/** What is sent to the parent. */
export interface InProcess {
  /** List of 100 in relation to JSON.stringify of it. */
  readonly listing: number
  /** The same when no resource has been read before. */
  readonly firstListing: number
  /** CPU-µs of a PATCH of one member in a group of 1,000. */
  readonly small: number
  /** The same in a group of 100,000. */
  readonly large: number
}

const { listing, firstListing } = await measureListing()
const small = await measureMemberPatch(1_000)
const large = await measureMemberPatch(100_000)
process.send?.({ listing, firstListing, small, large } satisfies InProcess)
process.disconnect?.()

/** @returns CPU time of lists in relation to that of JSON.stringify. */
async function measureListing(): Promise<Pick<InProcess, 'listing' | 'firstListing'>> {
  const handler = createContestant()
  for (let n = 0; n < (firstPages + 1) * 100; n++)
    await call(handler, 'POST', '/Users', smallUser(`user-${n}@example.com`))
  const list = await call(handler, 'GET', '/Users?count=100')
  const read = (startIndex: number): Promise<Response> => {
    const url = `http://localhost/scim/v2/Users?startIndex=${startIndex}&count=100`
    return handler.fetch(new Request(url, { headers: { authorization: `Bearer ${token}` } }))
  }
  const again: number[] = []
  const first: number[] = []
  let page = 1
  for (let round = -4; round < rounds; round++) {
    const floor = await cpuFor(300, () => JSON.stringify(list))
    const known = await cpuFor(300, () => read(1))
    const unknown = await cpuFor(firstPages / (rounds + 4), () => read(1 + page++ * 100))
    if (round < 0) continue
    again.push(known / floor)
    first.push(unknown / floor)
  }
  return { listing: median(again), firstListing: median(first) }
}

/** @returns CPU-µs of one unit. */
async function cpuFor(units: number, run: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  for (let unit = 0; unit < units; unit++) await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / units
}

async function measureMemberPatch(members: number): Promise<number> {
  const handler = createContestant()
  const { id: member } = await call(handler, 'POST', '/Users', smallUser('member@example.com'))
  const group = await createLargeGroup(handler, members)
  const change = async (op: 'add' | 'remove'): Promise<void> => {
    const operation =
      op === 'add' ? { op, path: 'members', value: [{ value: member }] } : { op, path: `members[value eq "${member}"]` }
    await call(handler, 'PATCH', `/Groups/${group}`, { schemas: [urns.patchOp], Operations: [operation] })
  }
  const costs: number[] = []
  for (let round = -4; round < rounds; round++) {
    const cost = await cpuFor(300, async () => {
      await change('add')
      await change('remove')
    })
    if (round >= 0) costs.push(cost / 2)
  }
  return median(costs)
}

async function createLargeGroup(handler: ScimHandler, members: number): Promise<string> {
  const { id: group } = await call(handler, 'POST', '/Groups', { schemas: [urns.group], displayName: 'All' })
  for (let from = 0; from < members; from += 1_000) {
    const value: object[] = []
    for (let n = from; n < from + 1_000; n++) {
      const { id: member } = await call(handler, 'POST', '/Users', { schemas: [urns.user], userName: `user-${n}` })
      value.push({ value: member })
    }
    const operation = { op: 'add', path: 'members', value }
    await call(handler, 'PATCH', `/Groups/${group}`, { schemas: [urns.patchOp], Operations: [operation] })
  }
  return group
}
