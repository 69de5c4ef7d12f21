import { expect, it } from 'vitest'
import type { MadeChange } from '../../src/index.js'
import { createGroup, createUser, patchOp, type StartHost } from './host.js'
import { brief, eachKind, patch } from './noting-hooks.js'

const off = { op: 'replace', path: 'active', value: false }
const on = { op: 'replace', path: 'active', value: true }

/**
 * The order in which hooks are told: kept for each resource and each membership, and nothing else waits.
 *
 * @param start Starts a service provider.
 */
export function hookOrderRules(start: StartHost): void {
  it('one user whose hooks always fail keeps none of 25 group members, nor those of their other groups, from being told', async () => {
    const told = new Set<string>()
    const names = new Map<string, string>()
    let bad = ''
    const host = await start({
      hooks: {
        after: eachKind<MadeChange>((change) => {
          if (change.id === bad || ('member' in change && change.member.value === bad)) throw new Error('on purpose')
          if ('before' in change) told.add(`${change.kind} ${names.get(change.id)}`)
        }),
      },
    })
    const create = async (name: string) => {
      const { id } = await createUser(host, name)
      names.set(id, name)
      return id
    }
    bad = await create('bad')
    const inGroup = await Promise.all(Array.from({ length: 25 }, (_, at) => create(`in${at}`)))
    const inTeam = await Promise.all(Array.from({ length: 5 }, (_, at) => create(`team${at}`)))
    const group = await createGroup(host, 'group', [bad, ...inGroup])
    await createGroup(host, 'team', [inGroup[0] as string, ...inTeam]) // 25 were created
    await createGroup(host, 'over', [group.id])
    await patch(host, `/Users/${bad}`, { op: 'add', path: 'title', value: 'x' })
    const leave = { op: 'remove', path: 'members', value: [{ value: inTeam[0] }] }
    await patch(host, `/Groups/${group.id}`, { op: 'remove', path: `members[value eq "${bad}"]` }, leave)
    for (const id of [...inGroup, ...inTeam]) expect(await patch(host, `/Users/${id}`, off)).toBe(200)
    expect((await host.send('DELETE', `/Users/${inGroup[1]}`)).status).toBe(204)
    expect((await host.send('DELETE', `/Groups/${group.id}`)).status).toBe(204)
    expect((await host.send('DELETE', `/Users/${bad}`)).status).toBe(503)
    const all = [...inGroup, ...inTeam].map((id) => `deactivate ${names.get(id)}`)
    expect(all.filter((one) => !told.has(one))).toEqual([])
    expect(told).toContain('deprovision in1')
    bad = 'nobody'
    expect((await host.redeliver()).left).toBe(0)
    expect(told).toContain('deprovision bad')
  })

  it('a deactivation passes by what failed before it, which afterwards tells no one that the user is active', async () => {
    const told: string[] = []
    let fails = true
    const host = await start({
      hooks: {
        after: eachKind<MadeChange>((change) => {
          if (fails && change.kind !== 'deactivate') throw new Error('on purpose')
          told.push('after' in change ? `${brief(change)}, active ${change.after.active}` : brief(change))
        }),
      },
    })
    const { id } = await createUser(host, 'ada', { active: false })
    await patch(host, `/Users/${id}`, on)
    await patch(host, `/Users/${id}`, { op: 'add', path: 'title', value: 'x' })
    expect(await patch(host, `/Users/${id}`, off)).toBe(200)
    expect(told).toEqual(['deactivate, active false'])
    await patch(host, `/Users/${id}`, on)
    fails = false
    expect((await host.redeliver()).left).toBe(0)
    expect(told.slice(1)).toEqual(['provision, active false', 'update title, active false', 'activate, active true'])
  })

  it('a deletion and a leave pass by what failed before them, which is told no more', async () => {
    const told: string[] = []
    const broken = new Set(['provision', 'update', 'deactivate', 'join'])
    const host = await start({
      hooks: {
        after: eachKind<MadeChange>((change) => {
          if (broken.has(change.kind)) throw new Error('on purpose')
          told.push(brief(change))
        }),
      },
    })
    const [ada, bob] = [await createUser(host, 'ada'), await createUser(host, 'bob')]
    const [team, gone] = [await createGroup(host, 'g', [ada.id, bob.id]), await createGroup(host, 'h', [bob.id])]
    await patch(host, `/Users/${ada.id}`, { op: 'add', path: 'title', value: 'x' })
    expect(await patch(host, `/Users/${ada.id}`, off)).toBe(503)
    await patch(host, `/Groups/${team.id}`, { op: 'remove', path: `members[value eq "${ada.id}"]` })
    expect((await host.send('DELETE', `/Users/${ada.id}`)).status).toBe(204)
    expect((await host.send('DELETE', `/Groups/${gone.id}`)).status).toBe(204)
    expect(told).toEqual([`leave ${ada.id}`, 'deprovision', 'deprovision'])
    told.length = 0
    broken.clear()
    expect((await host.redeliver()).left).toBe(0)
    expect(told).toEqual(['provision', 'provision', `join ${bob.id}`])
  })

  it('a deactivation never comes while an earlier change of the same user is being told, but right after it', async () => {
    const events: string[] = []
    let end: () => void = () => undefined
    const slow = new Promise<void>((resolve) => {
      end = resolve
    })
    const host = await start({
      limits: { afterHookWait: 5_000 },
      hooks: {
        after: {
          activate: async () => {
            events.push('activate begins')
            await slow
            events.push('activate ends')
          },
          deactivate: () => void events.push('deactivate'),
        },
      },
    })
    const { id } = await createUser(host, 'ada', { active: false })
    const activating = patch(host, `/Users/${id}`, on)
    await expect.poll(() => events.length).toBe(1)
    const deactivating = patch(host, `/Users/${id}`, off)
    await expect.poll(async () => (await host.send('GET', `/Users/${id}`)).body.active).toBe(false)
    expect(events).toEqual(['activate begins'])
    end()
    expect(await Promise.all([activating, deactivating])).toEqual([200, 200])
    expect(events).toEqual(['activate begins', 'activate ends', 'deactivate'])
  })

  it('sequence numbers rise with the changes of a resource, and a change that comes again has its own', async () => {
    const told: MadeChange[] = []
    let fails = false
    const host = await start({
      hooks: {
        after: eachKind<MadeChange>((change) => {
          told.push(change)
          if (fails) throw new Error('on purpose')
        }),
      },
    })
    const { id } = await createUser(host, 'ada')
    fails = true
    await patch(host, `/Users/${id}`, { op: 'add', path: 'title', value: 'x' })
    await host.send('POST', '/Users', {
      body: { userName: 'bob', schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] },
    })
    await host.send('PATCH', `/Users/${id}`, { body: patchOp({ op: 'add', path: 'title', value: 'y' }) })
    fails = false
    await host.redeliver()
    const ofAda = told.filter((change) => change.id === id)
    const numbers = ofAda.map(({ sequence }) => sequence)
    expect(numbers).toEqual(numbers.toSorted((left, right) => left - right))
    const byId = new Map(told.map(({ changeId, sequence }) => [changeId, sequence]))
    expect(new Set(byId.values()).size).toBe(byId.size)
    for (const { changeId, sequence } of told) expect(byId.get(changeId)).toBe(sequence)
    expect(byId.size).toBe(4)
  })
}
