import { urns } from '@scimkit/core'
import type { ScimHandler } from '@scimkit/server-kit'
import { median } from '../measure.js'
import { call, createContestant, smallUser, token } from './contestants.js'

/** What needs no socket: a list of 100 beside JSON.stringify of it, and a PATCH on a small and a large group. */
const rounds = 9

const listing = await measureListing()
const small = await measureMemberPatch(1_000)
const large = await measureMemberPatch(100_000)
process.send?.({ listing, small, large })
process.disconnect?.()

/** @returns CPU time of the list in relation to that of JSON.stringify. */
async function measureListing(): Promise<number> {
  const handler = createContestant()
  for (let n = 0; n < 100; n++) await call(handler, 'POST', '/Users', smallUser(`user-${n}@example.com`))
  const list = await call(handler, 'GET', '/Users?count=100')
  const request = (): Request =>
    new Request('http://localhost/scim/v2/Users?count=100', { headers: { authorization: `Bearer ${token}` } })
  const ratios: number[] = []
  for (let round = -4; round < rounds; round++) {
    const floor = await cpuFor(300, () => JSON.stringify(list))
    const ours = await cpuFor(300, () => handler.fetch(request()))
    if (round >= 0) ratios.push(ours / floor)
  }
  return median(ratios)
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
