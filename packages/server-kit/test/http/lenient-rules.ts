import { urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import type { Note } from '../../src/index.js'
import { type Body, createGroup, createUser, type Host, patchOp, type StartHost } from './host.js'

const enterprise = urns.enterpriseUser
const managed = (manager: unknown) => ({ [enterprise]: { manager } })

/** A way in which attributes of a user reach the service provider; answers the status and the user afterwards. */
type Write = (
  host: Host,
  attributes: object,
) => Promise<{ readonly status: number; readonly scimType?: unknown; readonly user: Body }>

const before = { title: 'Analyst', [enterprise]: { department: 'Engines', manager: { value: 'm0' } } }

async function outcome(host: Host, id: unknown, answer: { status: number; body: Body }): ReturnType<Write> {
  const { body: user } = await host.send('GET', `/Users/${id}`)
  return { status: answer.status, scimType: answer.body.scimType, user }
}

/** Every way of writing, so that a rule that is kept in one of them is kept in all. */
const writes: readonly { readonly way: string; readonly write: Write }[] = [
  {
    way: 'POST',
    async write(host, attributes) {
      const answer = await host.send('POST', '/Users', {
        body: { schemas: schemasOf(attributes), userName: 'ada', ...attributes },
      })
      return outcome(host, answer.body.id, answer)
    },
  },
  {
    way: 'PUT',
    async write(host, attributes) {
      const { id } = await createUser(host, 'ada', { schemas: [urns.user, enterprise], ...before })
      const body = { schemas: schemasOf(attributes), userName: 'ada', ...attributes }
      return outcome(host, id, await host.send('PUT', `/Users/${id}`, { body }))
    },
  },
  {
    way: 'PATCH with a path',
    async write(host, attributes) {
      const { id } = await createUser(host, 'ada', { schemas: [urns.user, enterprise], ...before })
      const operations = pathsOf(attributes).map(([path, value]) => ({ op: 'replace', path, value }))
      return outcome(host, id, await host.send('PATCH', `/Users/${id}`, { body: patchOp(...operations) }))
    },
  },
  {
    way: 'PATCH without a path',
    async write(host, attributes) {
      const { id } = await createUser(host, 'ada', { schemas: [urns.user, enterprise], ...before })
      const body = patchOp({ op: 'replace', value: attributes })
      return outcome(host, id, await host.send('PATCH', `/Users/${id}`, { body }))
    },
  },
  {
    way: 'Bulk POST',
    async write(host, attributes) {
      const data = { schemas: schemasOf(attributes), userName: 'ada', ...attributes }
      return bulk(host, { method: 'POST', path: '/Users', bulkId: 'a', data })
    },
  },
  {
    way: 'Bulk PATCH',
    async write(host, attributes) {
      const { id } = await createUser(host, 'ada', { schemas: [urns.user, enterprise], ...before })
      return bulk(host, { method: 'PATCH', path: `/Users/${id}`, data: patchOp({ op: 'add', value: attributes }) })
    },
  },
]

async function bulk(host: Host, operation: object): ReturnType<Write> {
  const answer = await host.send('POST', '/Bulk', { body: { schemas: [urns.bulkRequest], Operations: [operation] } })
  const [done] = answer.body.Operations as readonly { status: string; location?: string; response?: Body }[]
  const id = done?.location?.slice(done.location.lastIndexOf('/') + 1)
  return outcome(host, id, { status: Number(done?.status), body: done?.response ?? {} })
}

function schemasOf(attributes: object): readonly string[] {
  return enterprise in attributes ? [urns.user, enterprise] : [urns.user]
}

function pathsOf(attributes: object): readonly (readonly [string, unknown])[] {
  return Object.entries(attributes).flatMap(([name, value]) =>
    name === enterprise && typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([inner, given]) => [`${name}:${inner}`, given] as const)
      : [[name, value] as const],
  )
}

/**
 * Lenient readings of values: one rule, one reading, whatever request a value comes in.
 *
 * @param start Starts a service provider.
 */
export function lenientRules(start: StartHost): void {
  const readings: readonly { rule: string; given: object; want: Body }[] = [
    { rule: 'complexFromString', given: managed('m1'), want: managed({ value: 'm1' }) },
    { rule: 'complexFromString', given: { emails: ['a@b.c'] }, want: { emails: [{ value: 'a@b.c' }] } },
    { rule: 'objectAsList', given: { emails: 'a@b.c' }, want: { emails: [{ value: 'a@b.c' }] } },
    { rule: 'objectAsList', given: { emails: { value: 'a@b.c' } }, want: { emails: [{ value: 'a@b.c' }] } },
    { rule: 'unwrapSingleElement', given: managed([{ value: 'm1' }]), want: managed({ value: 'm1' }) },
    { rule: 'unwrapSingleElement', given: managed(['m1']), want: managed({ value: 'm1' }) },
    { rule: 'unwrapSingleElement', given: { title: ['Countess'] }, want: { title: 'Countess' } },
    { rule: 'unwrapSingleElement', given: { name: [{ givenName: ['Ada'] }] }, want: { name: { givenName: 'Ada' } } },
    { rule: 'stringBooleans', given: { active: ['False'] }, want: { active: false } },
    { rule: 'emptyStringUnassigns', given: { name: '' }, want: {} },
  ]
  describe.each(readings)('$rule reads $given', ({ rule, given, want }) => {
    it.each(writes)('JN-13: $way', async ({ way, write }) => {
      const notes: Note[] = []
      const host = await start({ onNote: (note) => notes.push(note) })
      const { status, user } = await write(host, given)
      expect([status, user]).toMatchObject([expect.toSatisfy((code: number) => code < 300), want])
      if (!(way === 'Bulk PATCH' && rule === 'objectAsList')) expect(notes.map((note) => note.rule)).toContain(rule)
    })

    it.each(writes.filter(({ way }) => rule !== 'objectAsList' || way !== 'Bulk PATCH'))(
      'JN-13: strict refuses it in $way',
      async ({ write }) => {
        const { status, scimType } = await write(await start({ compatibility: 'strict' }), given)
        expect([status, scimType]).toEqual([400, 'invalidValue'])
      },
    )
  })

  const nothing: readonly { form: unknown; strict: 'unassigns' | 'refuses' }[] = [
    { form: null, strict: 'unassigns' },
    { form: {}, strict: 'unassigns' },
    { form: { value: null }, strict: 'unassigns' },
    { form: { value: null, $ref: null }, strict: 'unassigns' },
    { form: '', strict: 'refuses' },
    { form: [], strict: 'refuses' },
    { form: { value: '' }, strict: 'refuses' },
    { form: { value: '', $ref: 'https://elsewhere.example/Users/m1' }, strict: 'refuses' },
  ]
  describe.each(nothing)('a manager given as $form', ({ form, strict }) => {
    // `add` of no value changes nothing.
    const replacing = writes.filter(({ way }) => way !== 'Bulk PATCH')
    it.each(replacing)('JN-1, JN-2: is not a manager in lenient, $way', async ({ write }) => {
      const { status, user } = await write(await start(), managed(form))
      expect(status).toBeLessThan(300)
      expect(user[enterprise] ?? {}).not.toHaveProperty('manager')
    })

    it.each(replacing)(`JN-1, JN-2: strict ${strict} it, $way`, async ({ write }) => {
      const { status, scimType, user } = await write(await start({ compatibility: 'strict' }), managed(form))
      if (strict === 'refuses') expect([status, scimType]).toEqual([400, 'invalidValue'])
      else {
        expect(status).toBeLessThan(300)
        expect(user[enterprise] ?? {}).not.toHaveProperty('manager')
      }
    })
  })
  const parts = [
    { path: 'manager.value', value: '', strict: 400 },
    { path: 'manager.value', value: [''], strict: 400 },
    { path: 'manager.value', value: null, strict: 200 },
    { path: 'manager', value: null, strict: 200 },
  ]
  it.each(parts)('JN-1: $path replaced by $value leaves no manager', async ({ path, value, strict }) => {
    for (const compatibility of ['lenient', 'strict'] as const) {
      const host = await start({ compatibility })
      const manager = { value: 'm0', $ref: 'https://elsewhere.example/Users/m0' }
      const attributes = { schemas: [urns.user, enterprise], [enterprise]: { manager } }
      const { id } = await createUser(host, 'ada', attributes)
      const operation = { op: 'replace', path: `${enterprise}:${path}`, value }
      const { status } = await host.send('PATCH', `/Users/${id}`, { body: patchOp(operation) })
      expect(status).toBe(compatibility === 'strict' ? strict : 200)
      const { body } = await host.send('GET', `/Users/${id}`)
      if (status === 200) expect(body[enterprise]).toBeUndefined()
      else expect(body).toMatchObject(managed({ value: 'm0' }))
    }
  })

  const lists = [
    { name: 'ids', of: (id: string) => [id] },
    { name: 'one id', of: (id: string) => id },
    { name: 'one object', of: (id: string) => ({ value: id }) },
    { name: 'a URL of the service provider', of: (id: string, root: string) => [{ $ref: `${root}/Users/${id}` }] },
    { name: 'a relative URL', of: (id: string) => [{ $ref: `../Users/${id}` }] },
  ]
  it.each(lists)('members given by $name are read in POST, PUT, PATCH and Bulk', async ({ of }) => {
    const host = await start()
    const { id: user } = await createUser(host, 'ada')
    const members = of(user, `${host.origin}/scim/v2`)
    const body = { schemas: [urns.group], displayName: 'Sales', members }
    const posted = await host.send('POST', '/Groups', { body })
    const groups = [posted.body.id]
    for (const write of [
      (id: string) => host.send('PUT', `/Groups/${id}`, { body }),
      (id: string) =>
        host.send('PATCH', `/Groups/${id}`, { body: patchOp({ op: 'add', path: 'members', value: members }) }),
      (id: string) =>
        host.send('PATCH', `/Groups/${id}`, { body: patchOp({ op: 'replace', path: 'members', value: members }) }),
      (id: string) => host.send('PATCH', `/Groups/${id}`, { body: patchOp({ op: 'add', value: { members } }) }),
      (id: string) =>
        host.send('POST', '/Bulk', {
          body: { schemas: [urns.bulkRequest], Operations: [{ method: 'PUT', path: `/Groups/${id}`, data: body }] },
        }),
    ]) {
      const { id } = await createGroup(host, 'Sales')
      groups.push(id)
      expect((await write(id)).status).toBeLessThan(300)
    }
    for (const id of groups) {
      expect((await host.send('GET', `/Groups/${id}`)).body.members).toMatchObject([{ value: user }])
    }
    const [first] = groups
    const removal = patchOp({ op: 'remove', path: 'members', value: members })
    await host.send('PATCH', `/Groups/${first}`, { body: removal })
    expect((await host.send('GET', `/Groups/${first}`)).body.members).toBeUndefined()
  })

  it.each(['', [''], [{ value: '' }], [{ $ref: 'https://elsewhere.example/Users/1' }]])(
    'members given as %j name no one: no group is emptied by it',
    async (members) => {
      const host = await start()
      const { id: user } = await createUser(host, 'ada')
      const { id } = await createGroup(host, 'Sales', [user])
      const body = { schemas: [urns.group], displayName: 'Sales', members }
      const answers = [
        await host.send('POST', '/Groups', { body }),
        await host.send('PUT', `/Groups/${id}`, { body }),
        await host.send('PATCH', `/Groups/${id}`, {
          body: patchOp({ op: 'replace', path: 'members', value: members }),
        }),
        await host.send('PATCH', `/Groups/${id}`, { body: patchOp({ op: 'replace', value: { members } }) }),
      ]
      expect(answers.map((answer) => answer.body.scimType)).toEqual(answers.map(() => 'invalidValue'))
      expect((await host.send('GET', `/Groups/${id}`)).body.members).toMatchObject([{ value: user }])
    },
  )

  it('memberFromRef: a manager given by $ref alone is that user, in every form', async () => {
    const host = await start({ checkReferences: true })
    const { id: boss } = await createUser(host, 'grace')
    const $ref = `${host.origin}/scim/v2/Users/${boss}`
    const operations = [
      { op: 'add', path: `${enterprise}:manager`, value: { $ref } },
      { op: 'replace', path: `${enterprise}:manager.$ref`, value: $ref },
      { op: 'add', value: managed({ $ref }) },
    ]
    const ids = [(await createUser(host, 'ada', { schemas: [urns.user, enterprise], ...managed({ $ref }) })).id]
    for (const [at, operation] of operations.entries()) {
      const { id } = await createUser(host, `ada${at}`)
      expect((await host.send('PATCH', `/Users/${id}`, { body: patchOp(operation) })).status).toBe(200)
      ids.push(id)
    }
    for (const id of ids) {
      expect((await host.send('GET', `/Users/${id}`)).body).toMatchObject(managed({ value: boss, $ref }))
    }
  })

  it('memberFromRef: a manager is a user, so the URL of a group names none', async () => {
    const host = await start()
    const { id: group } = await createGroup(host, 'Sales')
    const $ref = `${host.origin}/scim/v2/Groups/${group}`
    const { id: posted } = await createUser(host, 'ada', managed({ $ref }))
    const { id: patched } = await createUser(host, 'alan')
    const operation = { op: 'add', path: `${enterprise}:manager`, value: { $ref } }
    await host.send('PATCH', `/Users/${patched}`, { body: patchOp(operation) })
    for (const id of [posted, patched]) {
      const { body } = await host.send('GET', `/Users/${id}`)
      expect(JSON.stringify(body[enterprise] ?? {})).not.toContain('"value"')
    }
  })

  it('memberFromRef: of a user and a group with the same id, the URL says which becomes the member', async () => {
    const ids = ['1', '1', '2']
    const host = await start({ createId: () => ids.shift() ?? 'more' })
    await createUser(host, 'ada')
    await createGroup(host, 'Inner')
    const { id } = await createGroup(host, 'Outer')
    const value = [{ $ref: `${host.origin}/scim/v2/Groups/1` }]
    await host.send('PATCH', `/Groups/${id}`, { body: patchOp({ op: 'add', path: 'members', value }) })
    expect((await host.send('GET', `/Groups/${id}`)).body.members).toMatchObject([{ value: '1', type: 'Group' }])
  })
}
