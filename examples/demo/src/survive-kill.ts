import assert from 'node:assert/strict'
import { ScimTransportError } from '@scimkit/client'
import { ScimError } from '@scimkit/core/schema'
import { acmeUser } from '@scimkit/example-enterprise-extension'
import type { Narrator } from './narrator.js'
import { createClient, type DemoClient } from './scim-clients.js'
import type { RunningProvider } from './start-provider.js'

/** What the server has acknowledged so far. */
interface Acknowledged {
  /** Title by id: the last one whose write was answered. */
  readonly titles: Map<string, string>
  /** What was sent and not answered: a title or `deleted` by id, a new account by its name, a membership. */
  readonly pending: Map<string, string>
  readonly members: Set<string>
  readonly deleted: Set<string>
  writes: number
}

const writers = 8
const enoughWrites = 200

/**
 * Kills the server in the middle of writes, starts it again on the same file and looks for everything that it had
 * acknowledged.
 *
 * @param demo Tells each step.
 * @param provider The running provider; it is killed.
 * @param options Token of the tenant, and how to start the provider again.
 * @returns The provider that was started again, and the number of writes that had been acknowledged.
 */
export async function surviveKill(
  demo: Narrator,
  provider: RunningProvider,
  options: { readonly token: string; readonly restart: () => Promise<RunningProvider> },
): Promise<{ readonly provider: RunningProvider; readonly writes: number }> {
  demo.section(
    'A crash in the middle of writes',
    'An identity provider that was told "201" never sends that account again. So what was acknowledged must be on ' +
      'the disk, and what was not must be there whole or not at all.',
  )
  const known: Acknowledged = {
    titles: new Map(),
    pending: new Map(),
    members: new Set(),
    deleted: new Set(),
    writes: 0,
  }
  let groupId = ''
  await demo.step(`${writers} writers create, patch, group and delete people; then SIGKILL`, async () => {
    // No retries: a write counts as acknowledged only when its own answer came.
    const scim = createClient(provider.baseUrl, options.token, { retries: 0 })
    groupId = (await scim.groups.create({ displayName: 'Crash test' })).id
    const work = Array.from({ length: writers }, (_, writer) => writeUntilKilled(scim, groupId, writer, known))
    while (known.writes < enoughWrites) await new Promise((resolve) => setTimeout(resolve, 5))
    await provider.kill()
    await Promise.all(work)
    assert.ok(known.pending.size > 0, 'the kill met no write under way')
    return `${known.writes} writes acknowledged, ${known.pending.size} under way when process ${provider.pid} died`
  })
  let restarted: RunningProvider | undefined
  await demo.step('the server starts again on the same file', async () => {
    restarted = await options.restart()
    return `process ${restarted.pid}`
  })
  assert.ok(restarted)
  const scim = createClient(restarted.baseUrl, options.token)
  await demo.step('nothing acknowledged is gone', async () => checkAcknowledged(scim, groupId, known))
  await demo.step('nothing is there by halves', async () => checkWhole(scim, groupId))
  return { provider: restarted, writes: known.writes }
}

async function writeUntilKilled(scim: DemoClient, groupId: string, writer: number, known: Acknowledged): Promise<void> {
  try {
    for (let round = 0; ; round += 1) await writeRound(scim, groupId, `crash-${writer}-${round}@acme.example`, known)
  } catch (error) {
    // Only the end of the server may end the writers.
    if (!(error instanceof ScimTransportError)) throw error
  }
}

async function writeRound(scim: DemoClient, groupId: string, userName: string, known: Acknowledged): Promise<void> {
  const { writer, round } = /^crash-(?<writer>\d+)-(?<round>\d+)@/.exec(userName)?.groups ?? {}
  const badgeNumber = 100_000 + Number(writer) * 10_000 + Number(round)
  known.pending.set(userName, 'New')
  const { id } = await scim.users.create({ userName, title: 'New', [acmeUser.urn]: { badgeNumber } })
  known.pending.delete(userName)
  known.titles.set(id, 'New')
  known.writes += 1

  known.pending.set(id, 'Changed')
  await scim.users.patch(id, (p) => p.replace('title', 'Changed'))
  known.pending.delete(id)
  known.titles.set(id, 'Changed')
  known.writes += 1

  known.pending.set(`membership of ${id}`, 'added')
  await scim.groups.patch(groupId, (p) => p.addMember(id), { ifMatch: false })
  known.pending.delete(`membership of ${id}`)
  known.members.add(id)
  known.writes += 1
  if (Number(round) % 4 !== 3) return

  known.pending.set(id, 'deleted')
  await scim.users.delete(id)
  known.pending.delete(id)
  known.deleted.add(id)
  known.writes += 1
}

async function checkAcknowledged(scim: DemoClient, groupId: string, known: Acknowledged): Promise<string> {
  const { members = [] } = await scim.groups.get(groupId)
  const inGroup = new Set(members.map((member) => member.value))
  for (const [id, title] of known.titles) {
    const user = await findUser(scim, id)
    const mayBeGone = known.deleted.has(id) || known.pending.get(id) === 'deleted'
    if (known.deleted.has(id)) assert.equal(user, undefined, `${id} was deleted and is back`)
    else if (!user) assert.ok(mayBeGone, `${id} was acknowledged and is gone`)
    else {
      assert.ok([title, known.pending.get(id)].includes(user.title), `${id} lost its title ${title}: ${user.title}`)
      if (known.members.has(id)) assert.ok(inGroup.has(id), `${id} lost its group`)
    }
  }
  const kept = known.titles.size - known.deleted.size
  return `${kept} accounts, ${known.members.size} memberships, ${known.deleted.size} deletions`
}

async function checkWhole(scim: DemoClient, groupId: string): Promise<string> {
  const ids = new Set<string>()
  for await (const user of scim.users.list({ filter: (f) => f.sw('userName', 'crash-') })) {
    ids.add(user.id)
    assert.ok(user[acmeUser.urn]?.badgeNumber, `${user.userName} is there without its extension`)
    const { resources } = await scim.users.page({ filter: (f) => f.eq('userName', user.userName) })
    assert.deepEqual(
      resources.map(({ id }) => id),
      [user.id],
      `${user.userName} is not found by its name`,
    )
  }
  const { members = [] } = await scim.groups.get(groupId)
  const strangers = members.filter((member) => !ids.has(member.value ?? ''))
  assert.deepEqual(strangers, [], 'the group holds members that do not exist')
  return `${ids.size} accounts whole and found by name, ${members.length} memberships, each to an account that exists`
}

async function findUser(scim: DemoClient, id: string) {
  try {
    return await scim.users.get(id)
  } catch (error) {
    if (ScimError.is(error) && error.status === 404) return undefined
    throw error
  }
}
