import { describe, expect, it } from 'vitest'
import { sendRequest, type Target } from '../src/index.js'
import { createProvider, storeKinds, transports } from './create-provider.js'
import { patchOp, user } from './protocol/cases.js'

const none = new Map<string, string>()
const ways = storeKinds.flatMap((kind) => transports.map((transport) => ({ kind, transport })))

describe.each(ways)('on the $kind store, $transport', ({ kind, transport }) => {
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
  const { status, body } = await post(target, path, { schemas: [user], ...resource })
  expect(status).toBe(201)
  return (body as { id: string }).id // a resource
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}
