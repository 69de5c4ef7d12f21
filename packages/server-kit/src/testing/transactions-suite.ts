import type { ResourceStore } from '../store/resource-store.js'
import { refuses, same } from './assertions.js'
import { changed, earlier, later, type StoreFixture, type StoreTest } from './store-fixture.js'

/**
 * Transactions: all or nothing, over types and members alike, one after the other.
 *
 * @param test Registers a test.
 */
export function transactionsSuite(test: StoreTest): void {
  test('what a transaction wrote is there when it is done, and its result is given on', async (fixture) => {
    const result = await transact(fixture, async (store) => {
      const created = await store.create(fixture.users, fixture.user('u1'))
      same(await store.get(fixture.users, 'u1'), created, 'read inside')
      return 'done'
    })
    same(result, 'done', 'result')
    same(await fixture.findUsers(), ['u1'], 'users')
  })

  test('a transaction that fails leaves no trace and throws what was thrown', async (fixture) => {
    const kept = await fixture.createUser('kept')
    const gone = await fixture.createUser('gone')
    const failure = new Error('on purpose')
    const outcome = await transact(fixture, async (store) => {
      await store.create(fixture.users, fixture.user('new'))
      await store.replace(fixture.users, kept, changed(kept, { userName: 'renamed' }))
      await store.delete(fixture.users, gone)
      throw failure
    }).catch((error: unknown) => error)
    same(outcome === failure, true, 'the thrown error')
    same(await fixture.findUsers(), ['gone', 'kept'], 'users')
    same(await fixture.requireUser('kept'), kept, 'kept')
    await fixture.createUser('again', { userName: 'renamed' })
    await refuses(fixture.createUser('twice', { userName: 'gone' }), 409, 'uniqueness')
  })

  test('members of a failed transaction are taken back, the version of the group too', async (fixture) => {
    if (!fixture.store.members) return
    const group = await fixture.createGroup('g1')
    await fixture.makeMembers(['u1', 'u2'].map((name) => fixture.memberId(name)))
    await fixture.members.add(fixture.groups, 'g1', [{ value: 'u1', type: 'User' }], { now: earlier })
    await transact(fixture, async (store) => {
      const members = store.members && fixture.membersOf(store.members)
      await members?.add(fixture.groups, 'g1', [{ value: 'u2', type: 'User' }], { now: later })
      await members?.remove(fixture.groups, 'g1', ['u1'], { now: later })
      throw new Error('on purpose')
    }).catch(() => undefined)
    const { members } = await fixture.members.page(fixture.groups, 'g1', { count: 10 })
    same(
      members.map(({ value }) => value),
      ['u1'],
      'members',
    )
    same((await fixture.requireGroup('g1')).meta.version, String(Number(group.meta.version) + 1), 'version')
  })

  test('transactions that read and then write lose no update', async (fixture) => {
    await fixture.createUser('u1', { userName: '0' })
    const increment = async (): Promise<void> => {
      for (;;) {
        const done = await transact(fixture, async (store) => {
          const current = await store.get(fixture.users, 'u1')
          if (!current) throw new Error('the user is gone')
          await store.replace(
            fixture.users,
            current,
            changed(current, { userName: String(Number(current.userName) + 1) }),
          )
          return true
        }).catch((error: { status?: number }) => {
          if (error.status !== 412) throw error
          return false
        })
        if (done) return
      }
    }
    await Promise.all(Array.from({ length: 16 }, increment))
    same((await fixture.requireUser('u1')).userName, '16', 'increments')
  })

  test('reads beside an open transaction never see what is not committed', async (fixture) => {
    await fixture.createUser('u1')
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const running = transact(fixture, async (store) => {
      await store.create(fixture.users, fixture.user('u2'))
      await gate
      throw new Error('on purpose')
    }).catch(() => undefined)
    const beside = fixture.findUsers()
    release()
    await running
    same(await beside, ['u1'], 'users')
  })
}

function transact<R>(fixture: StoreFixture, work: (store: ResourceStore) => Promise<R>): Promise<R> {
  if (!fixture.store.transaction) throw new Error('the store has no transactions')
  return fixture.store.transaction(fixture.users, work)
}
