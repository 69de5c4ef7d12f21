import { describe, expect, it } from 'vitest'
import { sendRequest, type Target } from '../src/index.js'
import { createProvider, storeKinds, transports } from './create-provider.js'
import { group, patchOp, user } from './protocol/cases.js'

const none = new Map<string, string>()
const ways = storeKinds.flatMap((kind) => transports.map((transport) => ({ kind, transport })))

describe.each(ways)('on the $kind store, $transport', ({ kind, transport }) => {
  it('64 parallel creates of one userName end in one 201 and 63 times 409 uniqueness', async () => {
    await onProvider(async (target) => {
      const body = (index: number) => ({ schemas: [user], userName: index % 2 ? 'ada' : 'ADA' })
      const answers = await Promise.all(range(64).map((index) => post(target, '/Users', body(index))))
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      const refused = answers.filter(({ status }) => status === 409)
      expect(refused.map(({ body }) => (body as { scimType?: string }).scimType)).toEqual(Array(63).fill('uniqueness')) // an Error body
    })
  })

  it('64 writers with 50 member adds each end in the exact union', async () => {
    await onProvider(async (target) => {
      const ids = await Promise.all(range(100).map((index) => create(target, '/Users', { userName: `u${index}` })))
      const id = await create(target, '/Groups', { displayName: 'Everybody' })
      const write = async (writer: number) => {
        for (const round of range(50)) await addMember(target, id, ids[(writer * 7 + round) % ids.length] ?? '')
      }
      await Promise.all(range(64).map(write))
      const { body } = await sendRequest(target, { method: 'GET', path: `/Groups/${id}` }, none)
      const { members } = body as { members: { value: string }[] } // a group
      expect(members.map(({ value }) => value).sort()).toEqual([...ids].sort())
    })
  })

  it('32 parallel PATCHes of one user lose nothing', async () => {
    await onProvider(async (target) => {
      const id = await create(target, '/Users', { userName: 'ada' })
      const add = (index: number) => ({ op: 'add', path: 'emails', value: [{ value: `a${index}@example.com` }] })
      const answers = await Promise.all(range(32).map((index) => patch(target, `/Users/${id}`, add(index))))
      const { body } = await sendRequest(target, { method: 'GET', path: `/Users/${id}` }, none)
      const { emails } = body as { emails: unknown[] } // a user
      // A writer that lost ten races in a row is told so by 503, and then nothing of it is there.
      expect(answers.every(({ status }) => [200, 204, 503].includes(status))).toBe(true)
      expect(emails).toHaveLength(answers.filter(({ status }) => status < 300).length)
    })
  })

  async function onProvider(work: (target: Target) => Promise<void>): Promise<void> {
    const provider = await createProvider(kind, { transport })
    try {
      await work(provider.target)
      expect(provider.errors).toEqual([])
    } finally {
      await provider.close()
    }
  }
})

function post(target: Target, path: string, body: unknown) {
  return sendRequest(target, { method: 'POST', path, body }, none)
}

function patch(target: Target, path: string, operation: object) {
  const body = { schemas: [patchOp], Operations: [operation] }
  return sendRequest(target, { method: 'PATCH', path, body }, none)
}

async function create(target: Target, path: string, resource: object): Promise<string> {
  const schemas = [path === '/Users' ? user : group]
  const { status, body } = await post(target, path, { schemas, ...resource })
  expect(status).toBe(201)
  return (body as { id: string }).id // a resource
}

async function addMember(target: Target, id: string, member: string): Promise<void> {
  const { status } = await patch(target, `/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: member }] })
  expect(status).toBe(204)
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}
