import type { ChangeOutbox, OutboxLease, PendingChange } from '../change-outbox.js'
import { same } from './assertions.js'
import type { StoreTest } from './describe-resource-store.js'
import { createRandom, give, idsOf, isAbout, type ModelChange } from './outbox-model.js'
import { type StoreFixture, user } from './store-fixture.js'

/** Time of a test's leases, milliseconds. */
const now = 1_000
const until = 2_000
const lease = { now, until }
const all = { limit: 100, ...lease }

/**
 * The outbox: what is committed is given out until it is delivered, in order for each resource, to one at a time.
 *
 * @param test Registers a test.
 */
export function outboxSuite(test: StoreTest): void {
  test('what a transaction keeps is given to it, and to nobody else until its lease ends', async (fixture) => {
    same(await keep(fixture, change('a', 'u1'), change('b', 'u2')), ['a', 'b'], 'given')
    same(await claim(fixture), [], 'while it is held')
    same(await claim(fixture, { now: until, until: until + 1 }), ['a', 'b'], 'afterwards')
  })

  test('a transaction that fails keeps nothing', async (fixture) => {
    await fixture.store
      .transaction?.(fixture.users, async (inside) => {
        await inside.outbox?.keep(fixture.users, [change('a', 'u1')], lease)
        throw new Error('on purpose')
      })
      .catch(() => undefined)
    same(await claim(fixture, { now: until, until }), [], 'claimed')
    same([...(await outboxOf(fixture).waiting())], [], 'waiting')
  })

  test('what is kept comes back as it was, and is gone when it was delivered', async (fixture) => {
    const odd = change('a', 'it\u0000\ud800\uffffem')
    await keep(fixture, { ...odd, payload: '{"text":"\\ud800 \uffff ü 𝒳"}' })
    const { changes } = await outboxOf(fixture).claim(fixture.users.tenantId, { ...all, now: until, until: 3_000 })
    same(changes, [{ ...odd, payload: '{"text":"\\ud800 \uffff ü 𝒳"}' }], 'the change')
    same([...(await outboxOf(fixture).waiting())], [[fixture.users.tenantId, 1]], 'waiting')
    same(await settle(fixture, ['a', 'unknown']), false, 'more')
    same([...(await outboxOf(fixture).waiting())], [], 'waiting afterwards')
  })

  test('a later change of the same resource waits for the earlier one, and others do not', async (fixture) => {
    await keep(fixture, change('a', 'u1'))
    same(await keep(fixture, change('b', 'u1'), change('c', 'u2')), ['c'], 'given')
    same(await claim(fixture), [], 'held up')
    same(await settle(fixture, ['a']), true, 'more')
    same(await claim(fixture, { resources: ['u1'] }), ['b'], 'afterwards')
    same(await settle(fixture, ['b']), false, 'more')
  })

  test('changes that concern two resources keep the order of both', async (fixture) => {
    await keep(fixture, change('group', 'g1'))
    same(
      await keep(fixture, change('join', 'g1', 'u1'), change('user', 'u1'), change('other', 'u2')),
      ['other'],
      'given',
    )
    await settle(fixture, [], ['group'])
    same(await claim(fixture, { resources: ['u1'] }), [], 'the group comes first')
    same(await claim(fixture), ['group', 'join', 'user'], 'all')
  })

  test('what was released is given out again, and holds up what comes behind it', async (fixture) => {
    await keep(fixture, change('a', 'u1'), change('b', 'u1'), change('c', 'u2'))
    same(await settle(fixture, ['c'], ['a', 'b']), false, 'more')
    const first = await outboxOf(fixture).claim(fixture.users.tenantId, { ...all, limit: 1 })
    same(
      first.changes.map(({ id }) => id),
      ['a'],
      'first',
    )
    await settle(fixture, [], ['a'])
    same(await claim(fixture, { after: first.last }), [], 'behind a change that is still kept')
    same(await claim(fixture), ['a', 'b'], 'again')
  })

  test('changes are claimed once by those who claim at the same time', async (fixture) => {
    const changes = Array.from({ length: 40 }, (_, at) => change(`c${at}`, `u${at % 20}`))
    await keep(fixture, ...changes)
    await settle(
      fixture,
      [],
      changes.map(({ id }) => id),
    )
    const claimed = await Promise.all(Array.from({ length: 8 }, () => claim(fixture, { limit: 7 })))
    const ids = claimed.flat()
    same(new Set(ids).size, ids.length, 'nothing twice')
    same(ids[0], 'c0', 'the oldest first')
  })

  test('300 random steps give out exactly what may be given out, in order, and lose nothing', async (fixture) => {
    const random = createRandom(7)
    let kept: ModelChange[] = []
    let time = 0
    for (let step = 0; step < 300; step++) {
      time += random(3) * 100
      const held = kept.filter((one) => one.until > time)
      const lease = { now: time, until: time + 1_000 }
      switch (random(4)) {
        case 0: {
          const added = Array.from({ length: 1 + random(3) }, (_, at): ModelChange => {
            const resources = Array.from({ length: 1 + random(2) }, () => `r${random(6)}`)
            return { ...change(`s${step}-${at}`, ...new Set(resources)), until: 0 }
          })
          kept = [...kept, ...added]
          same(await keepAt(fixture, lease, added), give(kept, added, lease), `step ${step}: kept`)
          break
        }
        case 1: {
          const resources = random(2) ? [`r${random(6)}`, `r${random(6)}`] : undefined
          const wanted = kept.filter((one) => one.until <= time && isAbout(one, resources)).slice(0, 5)
          const given = await claim(fixture, { resources, limit: 5, ...lease })
          same(given, give(kept, wanted, lease), `step ${step}: claimed`)
          break
        }
        default: {
          const delivered = held.filter(() => random(3) > 0)
          const released = held.filter((one) => !delivered.includes(one) && random(2) > 0)
          for (const one of released) one.until = 0
          kept = kept.filter((one) => !delivered.includes(one))
          const touched = delivered.flatMap((one) => one.resources)
          const more = touched.length > 0 && kept.some((one) => isAbout(one, touched))
          same(await settle(fixture, idsOf(delivered), idsOf(released)), more, `step ${step}: more`)
        }
      }
    }
    same([...(await outboxOf(fixture).waiting()).values()], kept.length > 0 ? [kept.length] : [], 'waiting')
  })

  test('another tenant is given nothing of it', async (fixture) => {
    await keep(fixture, change('a', 'u1'))
    const other = fixture.as('other')
    same(await keep(other, change('b', 'u1')), ['b'], 'given')
    await settle(fixture, [], ['a', 'b'])
    same(await claim(other), [], 'claimed')
    same(await claim(fixture), ['a'], 'claimed')
    same([...(await outboxOf(fixture).waiting()).keys()].sort(), ['default', 'other'], 'waiting')
  })
}

function change(id: string, ...resources: readonly string[]): PendingChange {
  return { id, resources, payload: `{"changeId":"${id}"}` }
}

let users = 0

function keep(fixture: StoreFixture, ...changes: readonly PendingChange[]): Promise<readonly string[]> {
  return keepAt(fixture, lease, changes)
}

/** Keeps changes as the handler does: in a transaction that writes something too. */
async function keepAt(
  fixture: StoreFixture,
  times: OutboxLease,
  changes: readonly PendingChange[],
): Promise<readonly string[]> {
  if (!fixture.store.transaction) throw new Error('the store has no transactions')
  return fixture.store.transaction(fixture.users, async (inside) => {
    await inside.create(fixture.users, user(`kept${users++}`))
    if (!inside.outbox) throw new Error('a transaction of the store has no outbox')
    return inside.outbox.keep(fixture.users, changes, times)
  })
}

async function claim(
  fixture: StoreFixture,
  options: Partial<Parameters<ChangeOutbox['claim']>[1]> = {},
): Promise<readonly string[]> {
  const { changes } = await outboxOf(fixture).claim(fixture.users.tenantId, { ...all, ...options })
  return changes.map(({ id }) => id)
}

function settle(
  fixture: StoreFixture,
  delivered: readonly string[],
  released: readonly string[] = [],
): Promise<boolean> {
  return outboxOf(fixture).settle(fixture.users.tenantId, { delivered, released })
}

function outboxOf({ store }: StoreFixture): ChangeOutbox {
  if (!store.outbox) throw new Error('the store has no outbox')
  return store.outbox
}
