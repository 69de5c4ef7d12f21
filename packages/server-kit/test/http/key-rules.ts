import { urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import type { Note } from '../../src/index.js'
import { type Body, createUser, type Host, patchOp, type StartHost } from './host.js'

const enterprise = urns.enterpriseUser

interface BulkOutcome {
  readonly status: string
  readonly location?: string
  readonly response?: Body
}

/** Sends a body as POST, PUT, path-less PATCH and bulk POST; answers what each of them led to. */
async function writeAll(
  host: Host,
  attributes: object,
): Promise<readonly { status: number; scimType: unknown; user: Body }[]> {
  const body = { schemas: [urns.user, enterprise], userName: 'ada', ...attributes }
  const { id: put } = await createUser(host, 'one')
  const { id: patched } = await createUser(host, 'two')
  const posted = await host.send('POST', '/Users', { body })
  const answers = [
    { answer: posted, id: posted.body.id },
    { answer: await host.send('PUT', `/Users/${put}`, { body: { ...body, userName: 'one' } }), id: put },
    {
      answer: await host.send('PATCH', `/Users/${patched}`, { body: patchOp({ op: 'add', value: attributes }) }),
      id: patched,
    },
  ]
  const outcomes = []
  for (const { answer, id } of answers) {
    const { body: user } = await host.send('GET', `/Users/${id}`)
    outcomes.push({ status: answer.status, scimType: answer.body.scimType, user })
  }
  const operation = { method: 'POST', path: '/Users', bulkId: 'a', data: { ...body, userName: 'three' } }
  const bulk = { schemas: [urns.bulkRequest], Operations: [operation] }
  const [made] = (await host.send('POST', '/Bulk', { body: bulk })).body.Operations as [BulkOutcome]
  const { body: user } = await host.send('GET', `/Users/${made.location?.split('/').at(-1)}`)
  return [...outcomes, { status: Number(made.status), scimType: made.response?.scimType, user }]
}

const readings: readonly { rule: string; given: object; want: Body }[] = [
  { rule: 'dottedKeys', given: { 'name.givenName': 'Ada' }, want: { name: { givenName: 'Ada' } } },
  {
    rule: 'dottedKeys',
    given: { 'NAME.GIVENNAME': 'Ada', 'name.familyName': 'King' },
    want: { name: { givenName: 'Ada', familyName: 'King' } },
  },
  {
    rule: 'dottedKeys',
    given: { name: { familyName: 'King' }, 'name.givenName': 'Ada' },
    want: { name: { givenName: 'Ada', familyName: 'King' } },
  },
  { rule: 'dottedKeys', given: { [`${urns.user}:title`]: 'Dr' }, want: { title: 'Dr' } },
  { rule: 'dottedKeys', given: { [`${enterprise}:department`]: 'x' }, want: { [enterprise]: { department: 'x' } } },
  {
    rule: 'dottedKeys',
    given: { [enterprise]: { costCenter: 'c' }, [`${enterprise}:manager`]: { VALUE: 'm' } },
    want: { [enterprise]: { costCenter: 'c', manager: { value: 'm' } } },
  },
  {
    rule: 'dottedKeys',
    given: { [`${enterprise}:manager.value`]: 'm' },
    want: { [enterprise]: { manager: { value: 'm' } } },
  },
  {
    rule: 'dottedKeys',
    given: { [enterprise]: { 'manager.value': 'm' } },
    want: { [enterprise]: { manager: { value: 'm' } } },
  },
  {
    rule: 'dottedKeys',
    given: { 'emails[type eq "work"].value': 'a@b.c', 'emails[type eq "work"].primary': true },
    want: { emails: [{ type: 'work', value: 'a@b.c', primary: true }] },
  },
  { rule: 'dottedKeys', given: { 'emails.value': 'a@b.c' }, want: { emails: [{ value: 'a@b.c' }] } },
  { rule: 'urnDot', given: { [`${enterprise}.department`]: 'x' }, want: { [enterprise]: { department: 'x' } } },
  {
    rule: 'urnDot',
    given: { [`${enterprise}.manager.value`]: 'm' },
    want: { [enterprise]: { manager: { value: 'm' } } },
  },
]

/**
 * Names of members: one that is a path is read where lenient is, refused elsewhere, and never lost.
 *
 * @param start Starts a service provider.
 */
export function keyRules(start: StartHost): void {
  describe.each(readings)('$rule reads $given', ({ rule, given, want }) => {
    it('PA-12: in POST, PUT and a PATCH without path', async () => {
      const notes: Note[] = []
      const host = await start({ onNote: (note) => notes.push(note) })
      for (const { status, user } of await writeAll(host, given)) {
        expect(status).toBeLessThan(300)
        expect(user).toMatchObject(want)
      }
      expect(notes.filter((note) => note.rule === rule).length).toBeGreaterThanOrEqual(3)
    })

    it.each(['strict', 'interop', 'off'] as const)(
      'PA-12: is refused, and nothing is lost, where the rule is off: %s',
      async (base) => {
        const compatibility = base === 'off' ? ({ base: 'lenient', rules: { [rule]: false } } as const) : base
        const notes: Note[] = []
        const outcomes = await writeAll(await start({ compatibility, onNote: (note) => notes.push(note) }), given)
        if (rule === 'urnDot' && base === 'off') {
          // Without its rule a dot behind a URN is an unknown name, which lenient passes over and says so.
          expect(outcomes.map(({ status }) => status)).toEqual([201, 200, 200, 201])
          for (const { user } of outcomes) expect(user).not.toHaveProperty([enterprise])
          const [path] = Object.keys(given)
          expect(notes).toMatchObject(outcomes.map(() => ({ rule: 'ignoreUnknownAttributes', path })))
          return
        }
        for (const { status, scimType } of outcomes) {
          expect(status).toBe(400)
          expect(['invalidPath', 'invalidSyntax']).toContain(scimType)
        }
      },
    )
  })

  it.each([
    { name: { givenName: 'Ada' }, 'name.givenName': 'Grace' },
    { title: 'Dr', [`${urns.user}:title`]: 'Prof' },
    { [enterprise]: { department: 'x' }, [`${enterprise}:department`]: 'y' },
    { [enterprise]: { manager: { value: 'a' }, 'manager.value': 'b' } },
    { emails: [{ type: 'work', value: 'a' }], 'emails[type eq "work"].value': 'b' },
    { name: 'Ada', 'name.givenName': 'Ada' },
    { emails: [{ value: 'a' }, { value: 'b' }], 'emails.type': 'work' },
  ])('a value that is given in two ways that differ is 400 in POST and PUT: %j', async (attributes) => {
    const host = await start()
    const body = { schemas: [urns.user, enterprise], userName: 'ada', ...attributes }
    const { id } = await createUser(host, 'one')
    for (const answer of [
      await host.send('POST', '/Users', { body }),
      await host.send('PUT', `/Users/${id}`, { body }),
    ]) {
      expect([answer.status, ['invalidSyntax', 'invalidPath'].includes(String(answer.body.scimType))]).toEqual([
        400,
        true,
      ])
    }
  })

  it('EP-11: a readOnly attribute in a dotted key is ignored as it is elsewhere', async () => {
    const host = await start()
    const body = { schemas: [urns.user], userName: 'ada', 'meta.created': '2000-01-01T00:00:00Z', 'groups.value': 'g' }
    const { body: user, status } = await host.send('POST', '/Users', { body })
    expect(status).toBe(201)
    expect(user).not.toHaveProperty('groups')
    expect((user.meta as { created: string }).created).not.toMatch(/^2000/)
  })

  it('CR-8: a body without schemas, or with an empty list, is a resource of its endpoint in lenient', async () => {
    const host = await start()
    for (const schemas of [undefined, null, []]) {
      const body = { schemas, userName: `ada${String(schemas)}`, [enterprise]: { department: 'x' } }
      const { status, body: user } = await host.send('POST', '/Users', { body })
      expect([status, user.schemas]).toEqual([201, [urns.user, enterprise]])
      const put = await host.send('PUT', `/Users/${user.id}`, { body: { schemas, userName: body.userName } })
      expect([put.status, put.body.schemas]).toEqual([200, [urns.user]])
    }
    const data = { displayName: 'Sales' }
    const bulk = { Operations: [{ method: 'POST', path: '/Groups', bulkId: 'g', data }] }
    expect((await host.send('POST', '/Bulk', { body: bulk })).body.Operations).toMatchObject([{ status: '201' }])
    expect((await host.send('POST', '/Users/.search', { body: { count: 0 } })).status).toBe(200)
    expect((await host.send('POST', '/.search', { body: { count: 0, schemas: [] } })).status).toBe(200)
  })

  it.each(['strict', 'interop'] as const)('CR-8: %s refuses bodies without schemas', async (compatibility) => {
    const host = await start({ compatibility })
    const { id } = await createUser(host, 'one')
    for (const schemas of [undefined, null, []]) {
      const answers = [
        await host.send('POST', '/Users', { body: { schemas, userName: 'ada' } }),
        await host.send('PUT', `/Users/${id}`, { body: { schemas, userName: 'ada' } }),
        await host.send('POST', '/Users/.search', { body: { schemas, count: 0 } }),
        await host.send('POST', '/.search', { body: { schemas, count: 0 } }),
        await host.send('POST', '/Bulk', { body: { schemas, Operations: [] } }),
      ]
      for (const { status, body } of answers) expect([status, body.scimType]).toEqual([400, 'invalidSyntax'])
    }
  })

  it.each(['strict', 'interop'] as const)(
    'UN-7: %s refuses a URN twice, and data of an extension that is not listed, in POST and PUT',
    async (compatibility) => {
      const host = await start({ compatibility })
      const { id } = await createUser(host, 'one')
      for (const given of [
        { schemas: [urns.user, urns.user] },
        { schemas: [urns.user, enterprise, enterprise.toUpperCase()] },
        { schemas: [urns.user], [enterprise]: { department: 'x' } },
      ]) {
        const body = { userName: 'ada', ...given }
        for (const answer of [
          await host.send('POST', '/Users', { body }),
          await host.send('PUT', `/Users/${id}`, { body }),
        ]) {
          expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax'])
        }
      }
      const nothing = { schemas: [urns.user], userName: 'ada', [enterprise]: { department: null } }
      expect((await host.send('POST', '/Users', { body: nothing })).status).toBe(201)
    },
  )

  // A filter looks at each element once for each of its terms, so few operations come to what many small ones do.
  const emails = Array.from({ length: 8_000 }, (_, n) => ({ value: `${n}` }))
  const paths = Array.from({ length: 4 }, (_, n) => {
    return `emails[${Array.from({ length: 200 }, (_, term) => `value eq "${n + term}"`).join(' or ')}].display`
  })

  it('names that are paths into a long list are 413 when they look at too many elements, in each way to write', async () => {
    const attributes = { emails, ...Object.fromEntries(paths.map((path) => [path, 'a'])) }
    for (const { status } of await writeAll(await start(), attributes)) expect(status).toBe(413)
  })

  it('operations on a long list are 413 when they look at too many elements, and change nothing', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada', { emails })
    const operations = paths.map((path) => ({ op: 'replace', path, value: 'a' }))
    const answer = await host.send('PATCH', `/Users/${id}`, { body: patchOp(...operations) })
    expect(answer.status).toBe(413)
    expect((await host.send('GET', `/Users/${id}`)).body.emails).toEqual(emails)
  })

  it('thousands of unknown names in the container of an extension are read in the time of the test', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`x${n}`, 1]))
    const outcomes = await writeAll(await start(), { [enterprise]: unknown })
    for (const { status } of outcomes) expect(status).toBeLessThan(300)
  }, 20_000)
}
