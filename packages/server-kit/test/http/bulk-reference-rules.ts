import { urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import type { Note } from '../../src/index.js'
import { type Body, type Host, patchOp, type StartHost } from './host.js'
import { plan, ticketUrn, withTickets } from './ticket.js'

const enterprise = urns.enterpriseUser
const user = (userName: string, more: object = {}) => ({ schemas: [urns.user, enterprise], userName, ...more })
const ticket = (more: object) => ({ schemas: [ticketUrn, plan], name: 'One', ...more })
const post = (path: string, bulkId: string, data: object) => ({ method: 'POST', path, bulkId, data })
const ada = post('/Users', 'a', user('ada'))

interface Outcome {
  readonly status: string
  readonly location?: string
}

async function bulk(host: Host, operations: readonly object[]): Promise<readonly Outcome[]> {
  const body = { schemas: [urns.bulkRequest], Operations: operations }
  return (await host.send('POST', '/Bulk', { body })).body.Operations as Outcome[]
}

async function read(host: Host, outcome: Outcome | undefined): Promise<Body> {
  const path = new URL(outcome?.location ?? '').pathname.replace('/scim/v2', '')
  return (await host.send('GET', path)).body
}

const statuses = (outcomes: readonly Outcome[]) => outcomes.map(({ status }) => status)

/** Every place that takes a text and is not a reference. */
const texts = {
  name: 'bulkId:a',
  labels: ['bulkId:a', 'x/bulkId:a'],
  site: 'https://example.com/bulkId:a',
  opener: { role: 'bulkId:a' },
  [plan]: { motto: 'bulkId:a' },
}

/** Every place that names a resource; `ID` becomes a bulkId when it is sent, the id when it is compared. */
const references = {
  opener: { value: 'ID', role: 'bulkId:a' },
  watchers: [{ value: 'ID' }],
  page: '/Users/ID',
  pages: ['/Users/ID'],
  [plan]: { owner: { value: 'ID' }, helpers: [{ value: 'ID', role: 'lead' }] },
}

function naming(value: unknown, id: string): object {
  return JSON.parse(JSON.stringify(value).replaceAll('ID', id)) as object
}

/** Removes the element that a filter names; the interoperability profile has no filter for that, but a value. */
function removal(compatibility: string, path: string, filter: string): object {
  if (compatibility !== 'interop') return { op: 'remove', path: `${path}[${filter}]` }
  return { op: 'remove', path, value: [{ value: /bulkId:\w+/.exec(filter)?.[0] }] }
}

/**
 * References within bulk requests: attributes that the schema calls one, and no other text.
 *
 * @param start Starts a service provider.
 */
export function bulkReferenceRules(start: StartHost): void {
  describe.each(['strict', 'interop', 'lenient'] as const)('in %s', (compatibility) => {
    it('BU-6: a text that is not a reference is stored as sent, whether or not the bulkId exists', async () => {
      for (const known of [[ada], []]) {
        const host = await start({ compatibility, ...withTickets })
        const path = '/Tickets/bulkId:t'
        const outcomes = await bulk(host, [
          post('/Users', 'u', user('bulkId:a', { displayName: 'bulkId:a', title: 'bulkId:a', nickName: 'x/bulkId:a' })),
          post('/Tickets', 't', ticket(texts)),
          post('/Tickets', 's', ticket({})),
          { method: 'PUT', path, data: ticket({ ...texts, labels: ['bulkId:a'] }) },
          {
            method: 'PATCH',
            path: '/Tickets/bulkId:s',
            data: patchOp({ op: 'replace', path: 'name', value: 'bulkId:a' }),
          },
          { method: 'PATCH', path, data: patchOp({ op: 'replace', path: 'opener.role', value: 'x/bulkId:a' }) },
          { method: 'PATCH', path, data: patchOp({ op: 'add', path: 'labels', value: ['bulkId:b'] }) },
          { method: 'PATCH', path, data: patchOp({ op: 'replace', path: `${plan}:motto`, value: 'bulkId:c' }) },
          ...known,
        ])
        expect(statuses(outcomes)).toEqual([
          '201',
          '201',
          '201',
          '200',
          '200',
          '200',
          '200',
          '200',
          ...known.map(() => '201'),
        ])
        const nick = 'x/bulkId:a'
        expect(await read(host, outcomes[0])).toMatchObject({ userName: 'bulkId:a', title: 'bulkId:a', nickName: nick })
        expect(await read(host, outcomes[1])).toMatchObject({
          ...texts,
          labels: ['bulkId:a', 'bulkId:b'],
          opener: { role: 'x/bulkId:a' },
          [plan]: { motto: 'bulkId:c' },
        })
        expect(await read(host, outcomes[2])).toMatchObject({ name: 'bulkId:a' })
      }
    })

    it('BU-7: a text that is not a reference depends on nothing: two that name each other are written as they are', async () => {
      const host = await start({ compatibility, ...withTickets })
      const outcomes = await bulk(host, [
        post('/Users', 'a', user('a', { title: 'bulkId:b' })),
        post('/Users', 'b', user('b', { title: 'bulkId:a' })),
        post('/Users', 'a', user('c', { title: 'bulkId:none' })),
      ])
      expect(statuses(outcomes)).toEqual(['201', '201', '400']) // the third uses a bulkId again
      expect(await read(host, outcomes[0])).toMatchObject({ title: 'bulkId:b', meta: { version: 'W/"1"' } })
    })

    it('BU-6: references of the base schema and of extensions get the id in POST and PUT', async () => {
      const host = await start({ compatibility, ...withTickets })
      const outcomes = await bulk(host, [
        post('/Tickets', 't', ticket(naming(references, 'bulkId:a'))),
        post('/Tickets', 's', ticket({})),
        { method: 'PUT', path: '/Tickets/bulkId:s', data: ticket(naming(references, 'bulkId:a')) },
        ada,
      ])
      expect(statuses(outcomes)).toEqual(['201', '201', '200', '201'])
      const { id } = await read(host, outcomes[3])
      const want = naming(references, String(id))
      expect(await read(host, outcomes[0])).toMatchObject(want)
      expect(await read(host, outcomes[1])).toMatchObject(want)
    })

    it('BU-6: references get the id in PATCH, by path, by filter and in the container of an extension', async () => {
      const host = await start({ compatibility, ...withTickets })
      const operations = [
        { op: 'add', path: 'opener', value: { value: 'bulkId:a', role: 'bulkId:a' } },
        {
          op: 'add',
          path: 'watchers',
          value: [
            { value: 'bulkId:a', role: 'lead' },
            { value: 'bulkId:b', role: 'bulkId:a' },
          ],
        },
        { op: 'replace', path: 'watchers[value eq "bulkId:a" and role eq "lead"].role', value: 'bulkId:a' },
        { op: 'add', path: 'page', value: '/Users/bulkId:a' },
        { op: 'add', path: `${plan}:owner.value`, value: 'bulkId:a' },
        { op: 'add', path: `${plan}:helpers`, value: [{ value: 'bulkId:a' }, { value: 'bulkId:b' }] },
        removal(compatibility, `${plan}:helpers`, 'value eq "bulkId:b" or role eq "bulkId:b"'),
      ]
      const outcomes = await bulk(host, [
        ...operations.map((one) => ({ method: 'PATCH', path: '/Tickets/bulkId:t', data: patchOp(one) })),
        post('/Tickets', 't', ticket({})),
        ada,
        post('/Users', 'b', user('bob')),
      ])
      expect(statuses(outcomes)).toEqual([...operations.map(() => '200'), '201', '201', '201'])
      const created = outcomes.slice(operations.length)
      const [a, b] = await Promise.all(created.slice(1).map(async (one) => (await read(host, one)).id))
      expect(await read(host, created[0])).toMatchObject({
        opener: { value: a, role: 'bulkId:a' },
        watchers: [
          { value: a, role: 'bulkId:a' },
          { value: b, role: 'bulkId:a' },
        ],
        page: `/Users/${a}`,
        [plan]: { owner: { value: a }, helpers: [{ value: a }] },
      })
    })

    it('BU-6: members get the id by path, filter and $ref, and their display is left as it is', async () => {
      const host = await start({ compatibility })
      const added = { value: 'bulkId:a', $ref: '/Users/bulkId:a', display: 'bulkId:a' }
      const outcomes = await bulk(host, [
        post('/Groups', 'g', { schemas: [urns.group], displayName: 'bulkId:a', members: [{ value: 'bulkId:b' }] }),
        { method: 'PATCH', path: '/Groups/bulkId:g', data: patchOp({ op: 'add', path: 'members', value: [added] }) },
        {
          method: 'PATCH',
          path: '/Groups/bulkId:g',
          data: patchOp(removal(compatibility, 'members', 'value eq "bulkId:b"')),
        },
        ada,
        post('/Users', 'b', user('bob')),
      ])
      expect(statuses(outcomes)).toEqual(['201', '204', '204', '201', '201'])
      const { id } = await read(host, outcomes[3])
      expect(await read(host, outcomes[0])).toMatchObject({
        displayName: 'bulkId:a',
        members: [{ value: id, display: 'bulkId:a' }],
      })
    })

    it('BU-8: a reference to nothing that is created fails the operation wherever it stands', async () => {
      const host = await start({ compatibility, ...withTickets })
      const path = '/Tickets/bulkId:t'
      const outcomes = await bulk(host, [
        post('/Tickets', 't', ticket({})),
        post('/Tickets', 's', ticket({ [plan]: { owner: { value: 'bulkId:none' } } })),
        { method: 'PUT', path, data: ticket({ pages: ['/Users/bulkId:none'] }) },
        { method: 'PATCH', path, data: patchOp({ op: 'add', path: 'opener', value: { value: 'bulkId:none' } }) },
        { method: 'PATCH', path, data: patchOp(removal(compatibility, 'watchers', 'value eq "bulkId:none"')) },
      ])
      expect(statuses(outcomes)).toEqual(['201', '409', '409', '409', '409'])
    })

    it('BU-7: circles are linked over references alone, and texts beside them stay', async () => {
      const host = await start({ compatibility })
      const data = (name: string, other: string) =>
        user(name, {
          title: `bulkId:${other}`,
          [enterprise]: { manager: { value: `bulkId:${other}` }, division: 'bulkId:x' },
        })
      const outcomes = await bulk(host, [post('/Users', 'x', data('x', 'y')), post('/Users', 'y', data('y', 'x'))])
      expect(statuses(outcomes)).toEqual(['201', '201'])
      const [x, y] = await Promise.all(outcomes.map((one) => read(host, one)))
      const want = (other: string, id: unknown) => ({
        title: `bulkId:${other}`,
        [enterprise]: { manager: { value: id }, division: 'bulkId:x' },
      })
      expect([x, y]).toMatchObject([want('y', y?.id), want('x', x?.id)])
    })

    it('UN-9: an id that a client sends names nothing, and groups of a user are not a reference to write', async () => {
      const host = await start({ compatibility })
      const [outcome] = await bulk(host, [
        post('/Users', 'u', user('eve', { id: 'bulkId:none', groups: [{ value: 'bulkId:none' }] })),
      ])
      expect(outcome?.status).toBe('201')
      expect(String((await read(host, outcome)).id)).not.toContain('bulkId')
    })
  })

  const forms: readonly { name: string; operation: object }[] = [
    { name: 'a text for the whole', operation: { op: 'add', path: `${enterprise}:manager`, value: 'bulkId:a' } },
    { name: 'a URN key', operation: { op: 'add', value: { [`${enterprise}:manager`]: { value: 'bulkId:a' } } } },
    { name: 'a dotted URN key', operation: { op: 'add', value: { [`${enterprise}:manager.value`]: 'bulkId:a' } } },
    { name: 'a dot behind the URN', operation: { op: 'add', value: { [`${enterprise}.manager.value`]: 'bulkId:a' } } },
    { name: 'a dotted path', operation: { op: 'Add', path: `${enterprise}.manager.VALUE`, value: 'bulkId:a' } },
    { name: 'a dotted key inside', operation: { op: 'add', value: { [enterprise]: { 'manager.value': 'bulkId:a' } } } },
    {
      name: 'a list of one',
      operation: { op: 'add', value: [{ [enterprise]: { Manager: [{ value: 'bulkId:a' }] } }] },
    },
    {
      name: 'other names of members',
      operation: { OP: 'add', Path: `${enterprise}:MANAGER`, Value: { Value: 'bulkId:a' } },
    },
    {
      name: '$ref alone',
      operation: { op: 'add', path: `${enterprise}:manager`, value: { $ref: '../Users/bulkId:a' } },
    },
  ]
  it.each(forms)('BU-6: lenient reads $name', async ({ operation }) => {
    const host = await start()
    for (const data of [patchOp(operation), [operation], { operations: [operation] }]) {
      const name = crypto.randomUUID()
      const outcomes = await bulk(host, [
        post('/Users', 'u', user(`u${name}`, { title: 'bulkId:a' })),
        { method: 'PATCH', path: '/Users/bulkId:u', data },
        post('/Users', 'a', user(name)),
      ])
      expect(statuses(outcomes)).toEqual(['201', '200', '201'])
      const { id } = await read(host, outcomes[2])
      expect(await read(host, outcomes[0])).toMatchObject({
        title: 'bulkId:a',
        [enterprise]: { manager: { value: id } },
      })
    }
  })

  it.each([
    { [`${enterprise}:manager.value`]: 'bulkId:a' },
    { [`${enterprise}.manager`]: { value: 'bulkId:a' } },
    { [enterprise]: { 'manager.value': 'bulkId:a' } },
    { [enterprise.toUpperCase()]: { MANAGER: 'bulkId:a' } },
    { [enterprise]: { manager: ['bulkId:a'] } },
  ])('BU-6, BU-7: lenient reads %j in POST and PUT, and in a circle', async (attributes) => {
    const host = await start()
    const outcomes = await bulk(host, [
      post('/Users', 'a', user('a', attributes)),
      post('/Users', 'u', user('u')),
      { method: 'PUT', path: '/Users/bulkId:u', data: user('u', attributes) },
    ])
    expect(statuses(outcomes)).toEqual(['201', '201', '200'])
    const { id } = await read(host, outcomes[0])
    for (const one of outcomes.slice(0, 2)) {
      expect(await read(host, one)).toMatchObject({ [enterprise]: { manager: { value: id } } })
    }
  })

  it('BU-6: lenient reads a filter in the name of a member, in the base schema and in an extension', async () => {
    const host = await start(withTickets)
    const given = {
      'watchers[value eq "bulkId:a"].role': 'bulkId:a',
      [plan]: { 'helpers[value eq "bulkId:a"].role': 'x' },
    }
    const outcomes = await bulk(host, [
      post('/Tickets', 't', ticket(given)),
      post('/Tickets', 's', ticket({})),
      { method: 'PATCH', path: '/Tickets/bulkId:s', data: patchOp({ op: 'add', value: given }) },
      ada,
    ])
    expect(statuses(outcomes)).toEqual(['201', '201', '200', '201'])
    const { id: value } = await read(host, outcomes[3])
    const want = { watchers: [{ value, role: 'bulkId:a' }], [plan]: { helpers: [{ value, role: 'x' }] } }
    for (const one of outcomes.slice(0, 2)) expect(await read(host, one)).toMatchObject(want)
  })

  it('BU-6: a filter that is read by a rule is noted once', async () => {
    const notes: Note[] = []
    const host = await start({ onNote: (note) => notes.push(note), ...withTickets })
    const outcomes = await bulk(host, [
      post('/Tickets', 't', ticket({ watchers: [{ value: 'bulkId:a' }, { value: 'x' }] })),
      {
        method: 'PATCH',
        path: '/Tickets/bulkId:t',
        data: patchOp({ op: 'remove', path: 'watchers[value eq bulkId:a]' }),
      },
      ada,
    ])
    expect(statuses(outcomes)).toEqual(['201', '200', '201'])
    expect(notes.map(({ rule }) => rule)).toEqual(['bareWords'])
    expect(await read(host, outcomes[0])).toMatchObject({ watchers: [{ value: 'x' }] })
  })
}
