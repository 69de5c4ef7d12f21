import { groupResource, userResource } from '@scimkit/core'
import { createScimHandler, memoryStore, mount, type StoreContext, type TenantId } from '@scimkit/server-kit'
import { median } from '../measure.js'

/** A group of 100,000 members, read as a stream, beside JSON.stringify of the same group. */
const rounds = 9
const total = 100_000
const now = '2026-01-01T00:00:00.000Z'

const store = memoryStore()
const handler = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(userResource, store), mount(groupResource, store)],
  authenticate: () => ({ subject: 'benchmark' }),
})
await fill()
const figures = { ...(await measureTime()), ...(await measureHeap()) }
process.send?.(figures)
process.disconnect?.()

async function fill(): Promise<void> {
  const context: StoreContext = {
    tenantId: 'default' as TenantId, // as the handler brands it
    resourceType: 'Group',
    principal: { subject: 'benchmark' },
    requestId: '1',
    signal: new AbortController().signal,
  }
  const meta = { resourceType: 'Group', created: now, lastModified: now, version: '1' }
  await store.create(context, { schemas: [groupResource.schema.id], id: 'all', displayName: 'All', meta })
  const members = Array.from({ length: total }, (_, n) => ({
    value: idOf(n),
    type: 'User',
    display: `User ${n}`,
  }))
  await store.members?.add(context, 'all', members, { now })
}

/** Ids in the order in which the members came, or, as UUIDs are, in no order: the store's memory is then read across. */
function idOf(n: number): string {
  return process.argv[2] === 'random' ? crypto.randomUUID() : `2819c223-7f76-453a-919d-${String(n).padStart(12, '0')}`
}

function get(): Promise<Response> {
  return handler.fetch(new Request('http://localhost/scim/v2/Groups/all'))
}

/** @returns CPU time of the stream in relation to JSON.stringify alone, and to JSON.stringify with encoding; first byte, ms. */
async function measureTime(): Promise<{ alone: number; encoded: number; firstByte: number }> {
  const group: unknown = await (await get()).json()
  const encoder = new TextEncoder()
  const ratios: Record<'alone' | 'encoded' | 'firstByte', number[]> = { alone: [], encoded: [], firstByte: [] }
  for (let round = -3; round < rounds; round++) {
    const alone = await cpuOf(() => JSON.stringify(group))
    const encoded = await cpuOf(() => encoder.encode(JSON.stringify(group)))
    let firstByte = 0
    const ours = await cpuOf(async () => {
      const started = performance.now()
      for await (const _ of (await get()).body ?? []) firstByte ||= performance.now() - started
    })
    if (round < 0) continue
    ratios.alone.push(ours / alone)
    ratios.encoded.push(ours / encoded)
    ratios.firstByte.push(firstByte)
  }
  return { alone: median(ratios.alone), encoded: median(ratios.encoded), firstByte: median(ratios.firstByte) }
}

/** @returns CPU time of five runs. */
async function cpuOf(run: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  for (let unit = 0; unit < 5; unit++) await run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** @returns Largest heap and memory outside of it while the answer is read, above what it was before, bytes. */
async function measureHeap(): Promise<{ heap: number }> {
  await get()
  globalThis.gc?.()
  const held = (): number => {
    globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const idle = held()
  let most = 0
  for await (const _ of (await get()).body ?? []) most = Math.max(most, held() - idle)
  return { heap: most }
}
