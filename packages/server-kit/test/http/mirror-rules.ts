import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import type { AfterHooks, MadeChange } from '../../src/index.js'
import { type Host, patchOp, resourcesOf, type StartHost } from './host.js'

interface Row {
  title: unknown
  active: boolean
}

/** Tables of an application that knows SCIM from hooks alone. */
class Mirror {
  readonly users = new Map<string, Row>()
  readonly groups = new Map<string, Set<string>>()
  /** Changes that were told after a later one of the same resource or membership. */
  readonly tooLate: MadeChange[] = []
  readonly #seen = new Set<string>()
  readonly #newest = new Map<string, number>()
  readonly #fails: () => boolean

  /** @param fails Tells whether a hook fails this time, before or after its work. */
  constructor(fails: () => boolean) {
    this.#fails = fails
  }

  get hooks(): AfterHooks {
    const told: AfterHooks = {
      provision: ({ resourceType, id, after }) => {
        if (resourceType === 'Group') this.groups.set(id, new Set())
        else this.users.set(id, { title: after.title, active: after.active !== false })
      },
      update: ({ resourceType, id, after }) => {
        if (resourceType === 'User') this.#require(id).title = after.title
      },
      activate: ({ id }) => {
        this.#require(id).active = true
      },
      deactivate: ({ id }) => {
        this.#require(id).active = false
      },
      deprovision: ({ resourceType, id }) => {
        if (resourceType === 'Group') this.groups.delete(id)
        else this.users.delete(id)
      },
      join: ({ id, member }) => {
        if (member.type === 'User') this.#require(member.value)
        this.#requireGroup(id).add(member.value)
      },
      leave: ({ id, member }) => {
        // It waits for no join that failed, so there may be nothing to leave.
        this.groups.get(id)?.delete(member.value)
      },
    }
    const each = Object.entries(told).map(([kind, hook]) => [kind, this.#atLeastOnce(hook as () => void)]) // each is called with its own change
    return Object.fromEntries(each)
  }

  /** Fails now and then before the work and after it; a change that was seen is not done twice. */
  #atLeastOnce(hook: (change: never) => void): (change: MadeChange) => Promise<void> {
    return async (change) => {
      await Promise.resolve()
      this.#watchOrder(change)
      if (this.#fails()) throw new Error('on purpose')
      if (!this.#seen.has(change.changeId)) hook(change as never) // as the table above has it
      this.#seen.add(change.changeId)
      if (this.#fails()) throw new Error('on purpose')
    }
  }

  /** What takes access away may come before what failed; all else has its order, also when it comes again. */
  #watchOrder(change: MadeChange): void {
    const key = JSON.stringify([change.id, 'member' in change && change.member.value])
    const newest = this.#newest.get(key) ?? 0
    if (change.sequence < newest) this.tooLate.push(change)
    const isUrgent = ['deactivate', 'deprovision', 'leave'].includes(change.kind)
    if (!isUrgent && change.sequence > newest) this.#newest.set(key, change.sequence)
  }

  #require(id: string): Row {
    const row = this.users.get(id)
    if (!row) throw new Error('a change of an account that is not there')
    return row
  }

  #requireGroup(id: string): Set<string> {
    const group = this.groups.get(id)
    if (!group) throw new Error('a change of a group that is not there')
    return group
  }
}

/** Numbers that look random and are the same at every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Sends one random request about the resources that are known. */
async function sendRandom(
  host: Host,
  random: (below: number) => number,
  known: { users: string[]; groups: string[] },
): Promise<void> {
  const pick = (ids: readonly string[]): string => ids[random(ids.length)] ?? 'nobody'
  const members = () =>
    Array.from({ length: 1 + random(3) }, () => ({ value: pick([...known.users, ...known.groups]) }))
  const user = () => ({
    schemas: [urns.user],
    userName: `u${random(1_000_000_000)}`,
    title: `t${random(5)}`,
    active: random(3) > 0,
  })
  switch (random(10)) {
    case 0:
    case 1: {
      const { body, status } = await host.send('POST', '/Users', { body: user() })
      if (status === 201) known.users.push(String(body.id))
      return
    }
    case 2: {
      const group = { schemas: [urns.group], displayName: 'g', members: random(2) ? members() : [] }
      const { body, status } = await host.send('POST', '/Groups', { body: group })
      if (status === 201) known.groups.push(String(body.id))
      return
    }
    case 3:
      return void (await host.send(
        'DELETE',
        random(3) ? `/Users/${pick(known.users)}` : `/Groups/${pick(known.groups)}`,
      ))
    case 4:
      return void (await host.send('PUT', `/Users/${pick(known.users)}`, { body: user() }))
    case 5: {
      const body = { schemas: [urns.group], displayName: `g${random(3)}`, members: members() }
      return void (await host.send('PUT', `/Groups/${pick(known.groups)}`, { body }))
    }
    case 6: {
      const operations = [
        { op: 'replace', path: 'active', value: random(2) > 0 },
        { op: 'replace', path: 'title', value: `t${random(5)}` },
      ]
      return void (await host.send('PATCH', `/Users/${pick(known.users)}`, {
        body: patchOp(...operations.slice(random(2))),
      }))
    }
    default: {
      const operations = [
        { op: 'add', path: 'members', value: members() },
        { op: 'remove', path: `members[value eq "${pick(known.users)}"]` },
      ]
      return void (await host.send('PATCH', `/Groups/${pick(known.groups)}`, {
        body: patchOp(...operations.slice(random(2))),
      }))
    }
  }
}

/**
 * Hooks at work: an application that fails now and then ends with the same data.
 *
 * @param start Starts a service provider.
 */
export function mirrorRules(start: StartHost): void {
  it.each([1, 20_261_124])(
    'tables that hooks fill are those of the provider in the end, whatever fails (seed %i)',
    async (seed) => {
      const random = createRandom(seed)
      let failing = true
      const mirror = new Mirror(() => failing && random(8) === 0)
      const host = await start({ hooks: { after: mirror.hooks } })
      const known = { users: [] as string[], groups: [] as string[] }
      for (let round = 0; round < 25; round++) {
        await Promise.all(Array.from({ length: 6 }, () => sendRandom(host, random, known)))
        if (random(5) === 0) await host.redeliver()
      }
      failing = false
      expect((await host.redeliver()).left).toBe(0)
      expect(mirror.tooLate).toEqual([])
      const users = resourcesOf(await host.send('GET', '/Users?count=1000'))
      const groups = resourcesOf(await host.send('GET', '/Groups?count=1000'))
      expect(users.length).toBeGreaterThan(10)
      expect(mirror.users).toEqual(
        new Map(users.map(({ id, title, active }) => [id, { title, active: active !== false }])),
      )
      expect(mirror.groups).toEqual(
        new Map(
          groups.map(({ id, members = [] }) => [
            id,
            new Set((members as { value: string }[]).map(({ value }) => value)),
          ]),
        ), // as the schema has them
      )
    },
  )
}
