import { bearer, createScimClient, patchFrom } from '@scimkit/client'
import { enterpriseUser, userResource } from '@scimkit/core/schema'

/** What a sync took. */
export interface Synced {
  /** Microseconds of this process. */
  readonly cpu: number
  readonly requests: number
  /** Users that were written. */
  readonly writes: number
}

/** Largest memory of the whole process, in megabytes. */
export interface Memory {
  readonly megabytes: number
}

/** Work at once; the client itself sends ten requests at once. */
const lanes = 20

const [port, total] = process.argv.slice(2).map(Number)
const users = userResource.extend(enterpriseUser)
let requests = 0
const scim = createScimClient({
  baseUrl: `http://127.0.0.1:${port}/scim/v2`,
  authenticate: bearer('token-of-at-least-sixteen-bytes'),
  resources: { users },
  onRequest: () => requests++,
})

/** The directory that is synchronised: the same user for the same number at every run. */
function source(n: number) {
  return {
    externalId: `e-${n}`,
    userName: `user${n}@example.com`,
    active: true,
    name: { givenName: `Given${n}`, familyName: `Family${n}` },
    emails: [{ value: `user${n}@example.com`, type: 'work', primary: true }],
    [enterpriseUser.urn]: { department: `Department ${n % 50}`, employeeNumber: `${n}` },
  }
}

async function createAll(): Promise<number> {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < (total ?? 0)) await scim.users.create(source(next++))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return next
}

/** The same by /Bulk, in operations of a thousand; the server's limits cut them further. */
async function createInBulk(): Promise<number> {
  const size = 1_000
  let writes = 0
  for (let from = 0; from < (total ?? 0); from += size) {
    const operations = Array.from({ length: size }, (_, at) => {
      const data = { ...source(from + at), userName: `bulk${from + at}@example.com`, externalId: `b-${from + at}` }
      return { method: 'POST' as const, path: '/Users', bulkId: `${at}`, data }
    })
    writes += (await scim.bulk(operations)).done.length
  }
  return writes
}

async function writeChanges(): Promise<number> {
  let writes = 0
  for await (const user of scim.users.list()) {
    const { id, schemas, meta, groups, ...before } = user
    const wanted = source(Number(before.externalId?.slice(2)))
    const { operations } = patchFrom(before, { ...wanted }, users)
    if (operations.length === 0) continue
    writes++
    await scim.users.patch(id, operations)
  }
  return writes
}

async function measure(work: () => Promise<number>): Promise<Synced> {
  const before = process.cpuUsage()
  requests = 0
  const writes = await work()
  const { user, system } = process.cpuUsage(before)
  return { cpu: user + system, requests, writes }
}

const megabytes = (): number => process.resourceUsage().maxRSS / 1024
process.on('message', async (phase) => {
  if (phase === 'create') process.send?.(await measure(createAll))
  if (phase === 'bulk') process.send?.(await measure(createInBulk))
  if (phase === 'again') process.send?.(await measure(writeChanges))
  if (phase === 'memory') process.send?.({ megabytes: megabytes() } satisfies Memory)
})
process.on('disconnect', () => process.exit(0))
