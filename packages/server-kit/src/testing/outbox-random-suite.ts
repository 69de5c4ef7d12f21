import type { OutboxChange, OutboxSelection } from '../store/change-outbox.js'
import { same } from './assertions.js'
import { keepAll, lease, outboxOf } from './outbox-calls.js'
import { createRandom, idsOf, OutboxModel } from './outbox-model.js'
import type { StoreTest } from './store-fixture.js'

/**
 * The outbox against a model of it: whatever is kept, claimed, settled and dropped, and in whatever order.
 *
 * @param test Registers a test.
 */
export function outboxRandomSuite(test: StoreTest): void {
  test('400 random steps give out exactly what may be given out, in order, and lose nothing', async (fixture) => {
    const random = createRandom(7)
    const model = new OutboxModel()
    const { tenantId } = fixture.users
    const holders = ['first', 'second', 'dead']
    const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T // never of an empty list
    let ids: readonly string[] = []
    const key = () => ({ resource: `r${random(4)}`, ...(random(2) && { member: `r${random(2)}` }) })
    const select = (): OutboxSelection => ({
      limit: 1 + random(8),
      ...(random(5) === 0 && { ids: Array.from({ length: 4 }, () => pick(['none', ...ids])) }),
      ...(random(4) === 0 && { keys: [key(), key()] }),
      ...(random(6) === 0 && { resource: `r${random(4)}` }),
      ...(random(6) === 0 && { after: random(60) }),
    })
    for (let step = 0; step < 400; step++) {
      const holder = pick(holders)
      const given = { holder, duration: holder === 'dead' ? 0 : lease.duration }
      switch (random(5)) {
        case 0: {
          const added = Array.from({ length: 1 + random(3) }, (_, at): OutboxChange => {
            const urgency = pick([undefined, undefined, 'overtakes', 'ends'] as const)
            return { id: `s${step}-${at}`, ...key(), ...(urgency && { urgency }), payload: '{}' }
          })
          const kept = await keepAll(fixture, added, given)
          same(kept.given, model.keep(added, kept.sequences, given), `step ${step}: kept`)
          ids = [...ids, ...idsOf(added)].slice(-20)
          break
        }
        case 1: {
          const selection = select()
          const { changes } = await outboxOf(fixture).claim(tenantId, selection, given)
          same(changes, model.claim(selection, given), `step ${step}: claimed`)
          break
        }
        case 2: {
          const selection = select()
          same(await outboxOf(fixture).list(tenantId, selection), model.list(selection), `step ${step}: listed`)
          if (random(4) > 0) break
          const id = pick(['none', ...ids])
          same(await outboxOf(fixture).drop(tenantId, id), model.drop(id), `step ${step}: dropped`)
          break
        }
        default: {
          const settled = {
            delivered: [] as string[],
            failed: [] as string[],
            parked: [] as string[],
            released: [] as string[],
          }
          const named = new Set([...model.heldBy(pick(['first', 'second'])), pick(['none', ...ids])])
          for (const id of named) pick(Object.values(settled)).push(id)
          const whole = { holder: pick(['first', 'second']), ...settled }
          same(await outboxOf(fixture).settle(tenantId, whole), model.settle(whole), `step ${step}: more`)
        }
      }
    }
    same(await outboxOf(fixture).list(tenantId, { limit: 1_000 }), model.list({ limit: 1_000 }), 'what is left')
    same([...(await outboxOf(fixture).waiting()).values()], model.size > 0 ? [model.size] : [], 'waiting')
  })
}
