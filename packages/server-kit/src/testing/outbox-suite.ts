import { same } from './assertions.js'
import { change, claim, ended, keep, keepAll, lease, other, outboxOf, outcome, settle, urgent } from './outbox-calls.js'
import { idsOf } from './outbox-model.js'
import type { StoreContract } from './store-contract.js'
import type { StoreTest } from './store-fixture.js'

/**
 * The outbox: what is committed is given out until it is delivered, in order for each resource and each membership, to
 * one at a time.
 *
 * @param test Registers a test.
 * @param contract What the store keeps.
 */
export function outboxSuite(test: StoreTest, contract: StoreContract): void {
  keeping(test, contract)
  ordering(test)
  overtaking(test)
  leasing(test)
}

function keeping(test: StoreTest, contract: StoreContract): void {
  const [first, second] = contract.tenants
  const oneTenant = second === undefined ? 'the store has one tenant' : undefined

  test('a transaction that fails keeps nothing', async (fixture) => {
    await fixture.store
      .transaction?.(fixture.users, async (inside) => {
        await inside.outbox?.keep(fixture.users, [change('a', 'u1')], ended)
        throw new Error('on purpose')
      })
      .catch(() => undefined)
    same(await claim(fixture), [], 'claimed')
    same([...(await outboxOf(fixture).waiting())], [], 'waiting')
  })

  test('what is kept comes back as it was, and is gone when it was delivered', async (fixture) => {
    const odd = { ...change('a', 'it\u0000\ud800\uffffem', '["x"]'), payload: '{"text":"\\ud800 \uffff ü 𝒳"}' }
    const { sequences } = await keepAll(fixture, [odd], lease)
    const kept = { ...odd, sequence: sequences[0], attempts: 0, parked: false, overtaken: false }
    same(await outboxOf(fixture).list(fixture.users.tenantId, { limit: 9 }), [kept], 'the change')
    same([...(await outboxOf(fixture).waiting())], [[fixture.users.tenantId, 1]], 'waiting')
    same(await settle(fixture, { delivered: ['a', 'unknown'] }), false, 'more')
    same([...(await outboxOf(fixture).waiting())], [], 'waiting afterwards')
  })

  test('sequence numbers rise, and those of dropped changes are not used again', async (fixture) => {
    const first = await keepAll(fixture, [change('a', 'u1'), change('b', 'u2')], lease)
    await settle(fixture, { delivered: ['a', 'b'] })
    const second = await keepAll(fixture, [change('c', 'u1')], lease)
    const numbers = [...first.sequences, ...second.sequences]
    same(
      numbers,
      [...new Set(numbers)].sort((left, right) => left - right),
      'sequences',
    )
  })

  test(
    'another tenant is given nothing of it',
    async (fixture) => {
      await keep(fixture, change('a', 'u1'))
      const elsewhere = fixture.asOther()
      same(await keep(elsewhere, change('b', 'u1')), ['b'], 'given')
      same(await outboxOf(fixture).drop(elsewhere.users.tenantId, 'a'), false, 'dropped by another tenant')
      same(await outboxOf(fixture).list(elsewhere.users.tenantId, { ids: ['a'], limit: 9 }), [], 'listed')
      await outboxOf(fixture).settle(elsewhere.users.tenantId, outcome({ delivered: ['a'], released: ['b'] }))
      await settle(fixture, { released: ['a', 'b'] })
      same(await claim(elsewhere, { ids: ['a', 'b'] }), ['b'], 'claimed')
      same(await claim(fixture, { ids: ['a', 'b'] }), ['a'], 'claimed')
      same([...(await outboxOf(fixture).waiting()).keys()].sort(), [first, second].sort(), 'waiting')
    },
    oneTenant,
  )

  test('a parked change is given out by its id alone, counts its attempts, and may be dropped', async (fixture) => {
    await keep(fixture, change('a', 'u1'))
    await settle(fixture, { failed: ['a'] })
    same(await claim(fixture), ['a'], 'after a failure')
    await settle(fixture, { parked: ['a'] })
    same(await claim(fixture), [], 'while it is parked')
    same(await claim(fixture, { keys: [{ resource: 'u1' }] }), [], 'by its key')
    const [parked] = await outboxOf(fixture).list(fixture.users.tenantId, { ids: ['a'], limit: 9 })
    same([parked?.attempts, parked?.parked], [2, true], 'attempts')
    same(await claim(fixture, { ids: ['a'] }), ['a'], 'by its id')
    same(await outboxOf(fixture).drop(fixture.users.tenantId, 'a'), true, 'dropped')
    same(await outboxOf(fixture).drop(fixture.users.tenantId, 'a'), false, 'dropped again')
  })
}

function ordering(test: StoreTest): void {
  test('a later change of the same resource waits for the earlier one, and others do not', async (fixture) => {
    await keep(fixture, change('a', 'u1'))
    same(await keep(fixture, change('b', 'u1'), change('c', 'u2')), ['c'], 'given')
    same(await claim(fixture), [], 'held up')
    same(await settle(fixture, { delivered: ['a'] }), true, 'more')
    same(await claim(fixture, { keys: [{ resource: 'u1' }] }), ['b'], 'afterwards')
    same(await settle(fixture, { delivered: ['b'] }), false, 'more')
  })

  test('a membership has an order of its own: neither its group nor its member wait for it', async (fixture) => {
    await keep(fixture, change('join', 'g1', 'u1'))
    await settle(fixture, { parked: ['join'] })
    same(
      await keep(
        fixture,
        change('again', 'g1', 'u1'),
        change('other', 'g1', 'u2'),
        change('group', 'g1'),
        change('user', 'u1'),
      ),
      ['other', 'group', 'user'],
      'given',
    )
    same(await claim(fixture, { resource: 'g1' }), [], 'behind the parked one')
    same(
      idsOf(await outboxOf(fixture).list(fixture.users.tenantId, { resource: 'g1', limit: 9 })),
      ['join', 'again', 'other', 'group'],
      'listed',
    )
  })

  test('what was released or failed is given out again, and holds up what comes behind it', async (fixture) => {
    await keep(fixture, change('a', 'u1'), change('b', 'u1'), change('c', 'u2'))
    same(await settle(fixture, { delivered: ['c'], failed: ['a'], released: ['b'] }), false, 'more')
    const first = await outboxOf(fixture).claim(fixture.users.tenantId, { limit: 1 }, lease)
    same(idsOf(first.changes), ['a'], 'first')
    await settle(fixture, { failed: ['a'] })
    same(await claim(fixture, { after: first.last }), [], 'behind a change that is still kept')
    same(await claim(fixture), ['a', 'b'], 'again')
  })
}

function overtaking(test: StoreTest): void {
  test('an urgent change waits for no failed or parked one, and marks it as overtaken when it is delivered', async (fixture) => {
    await keep(fixture, change('a', 'u1'), change('b', 'u1'), change('c', 'u2'))
    await settle(fixture, { parked: ['a'], failed: ['b'], released: ['c'] })
    same(await keep(fixture, change('d', 'u1'), urgent('overtakes', 'e', 'u1'), change('f', 'u1')), ['e'], 'given')
    same(await settle(fixture, { delivered: ['e'] }), true, 'more')
    const kept = await outboxOf(fixture).list(fixture.users.tenantId, { limit: 9 })
    same(
      kept.map(({ id, overtaken }) => [id, overtaken]),
      [
        ['a', true],
        ['b', true],
        ['c', false],
        ['d', true],
        ['f', false],
      ],
      'overtaken',
    )
  })

  test('an urgent change waits for one that is held, so that both are never told at once', async (fixture) => {
    await keep(fixture, change('a', 'u1'))
    same(await keep(fixture, urgent('overtakes', 'b', 'u1')), [], 'given')
    same(await claim(fixture), [], 'claimed')
    await settle(fixture, { failed: ['a'] })
    same(await claim(fixture, { ids: ['b'] }), ['b'], 'claimed afterwards')
    same(await claim(fixture, { ids: ['a'] }, other), [], 'the earlier one, meanwhile')
    same(await settle(fixture, { released: ['b'] }), false, 'more')
    same(await claim(fixture), ['a', 'b'], 'both in one step')
  })

  test('a change that ends a resource drops what was made before of it and of its memberships', async (fixture) => {
    await keep(fixture, change('a', 'g1'), change('join', 'g1', 'u1'), change('b', 'u1'), change('c', 'g2', 'g1'))
    await settle(fixture, { parked: ['a'], failed: ['join'], released: ['b', 'c'] })
    same(await keep(fixture, urgent('ends', 'd', 'g1'), change('e', 'g1')), ['d'], 'given')
    same(await settle(fixture, { delivered: ['d'] }), true, 'more')
    same(await claim(fixture), ['b', 'c', 'e'], 'left')
  })

  test('an urgent change whose hook failed may have been heard, so nothing earlier comes after it as it was', async (fixture) => {
    await keep(fixture, change('a', 'u1'), change('b', 'u2'), change('join', 'u2', 'u1'))
    await settle(fixture, { failed: ['a', 'b', 'join'] })
    await keep(fixture, urgent('overtakes', 'c', 'u1'), urgent('ends', 'd', 'u2'))
    same(await settle(fixture, { failed: ['c'], parked: ['d'] }), false, 'more')
    const kept = await outboxOf(fixture).list(fixture.users.tenantId, { limit: 9 })
    same(
      kept.map(({ id, overtaken }) => [id, overtaken]),
      [
        ['a', true],
        ['c', false],
        ['d', false],
      ],
      'left',
    )
  })

  test('a change that ends a membership drops what was made before of it alone', async (fixture) => {
    await keep(fixture, change('a', 'g1'), change('join', 'g1', 'u1'), change('b', 'g1', 'u2'), change('c', 'u1'))
    await settle(fixture, { failed: ['a', 'join', 'b', 'c'] })
    same(await keep(fixture, urgent('ends', 'leave', 'g1', 'u1')), ['leave'], 'given')
    same(await settle(fixture, { delivered: ['leave'] }), false, 'more')
    same(await claim(fixture), ['a', 'b', 'c'], 'left')
  })
}

function leasing(test: StoreTest): void {
  test('what a transaction keeps is given to it alone until its lease ends', async (fixture) => {
    same(await keep(fixture, change('a', 'u1'), change('b', 'u2')), ['a', 'b'], 'given')
    same(await claim(fixture, {}, other), [], 'while it is held')
    const late = await keepAll(fixture, [change('c', 'u3')], ended)
    same([late.given, await claim(fixture, {}, other)], [['c'], ['c']], 'afterwards')
  })

  test('a holder whose lease has ended settles nothing that another was given', async (fixture) => {
    await keepAll(fixture, [change('a', 'u1'), change('b', 'u2')], ended)
    same(await claim(fixture, { ids: ['a'] }), ['a'], 'taken over')
    same(await settle(fixture, { delivered: ['a', 'b'] }, ended), false, 'more')
    same(idsOf(await outboxOf(fixture).list(fixture.users.tenantId, { limit: 9 })), ['a'], 'still kept')
    await settle(fixture, { released: ['a'] }, ended)
    same(await claim(fixture, {}, other), [], 'still held')
  })

  test('changes are claimed once by those who claim at the same time', async (fixture) => {
    const changes = Array.from({ length: 40 }, (_, at) => change(`c${at}`, `u${at % 20}`))
    await keep(fixture, ...changes)
    await settle(fixture, { released: idsOf(changes) })
    const claims = Array.from({ length: 8 }, (_, at) => claim(fixture, { limit: 7 }, { ...lease, holder: `h${at}` }))
    const ids = (await Promise.all(claims)).flat()
    same(new Set(ids).size, ids.length, 'nothing twice')
    same(ids[0], 'c0', 'the oldest first')
  })
}
