import { groupResource, type ResourceDefinition, resourceFromSchemas, urns, userResource } from '@scimkit/core'
import { buildResourceType } from '@scimkit/core/internal'
import { expect, it } from 'vitest'
import { memoryStore, mount, type ResourceStore } from '../../src/index.js'
import {
  createGroup,
  createUser,
  filtered,
  type Host,
  type HttpAnswer,
  patchOp,
  resourcesOf,
  type StartHost,
  testUser,
} from './host.js'

/**
 * Groups, whose members are a relation of their own.
 *
 * @param start Starts a service provider.
 */
export function groupRules(start: StartHost): void {
  const company = async (): Promise<Host> => {
    let next = 0
    const host = await start({ createId: () => `id-${++next}` })
    for (const name of ['ada', 'grace', 'alan']) await createUser(host, name)
    await createGroup(host, 'Sales', ['id-1', 'id-2'])
    return host
  }
  const patch = (host: Host, ...operations: object[]): Promise<HttpAnswer> =>
    host.send('PATCH', '/Groups/id-4', { body: patchOp(...operations) })
  const membersOf = async (host: Host, id = 'id-4'): Promise<readonly unknown[]> => {
    const { members = [] } = (await host.send('GET', `/Groups/${id}`)).body as { members?: { value: string }[] } // as the schema has it
    return members.map(({ value }) => value)
  }

  it.each(['strict', 'interop', 'lenient'] as const)(
    'PU-4, PU-10: a member gets the display that it lacks, and keeps the one it has, in %s',
    async (compatibility) => {
      const after: unknown[] = []
      const note = ({ kind }: { readonly kind: string }) => void after.push(kind)
      let next = 0
      const hooks = { after: { join: note, leave: note } }
      const host = await start({ compatibility, hooks, createId: () => `id-${++next}` })
      await createUser(host, 'ada')
      const send = async (method: string, body: object) => {
        const { status, body: answer } = await host.send(method, '/Groups/id-2', { body })
        const { members, meta } = (await host.send('GET', '/Groups/id-2')).body as {
          members: { display?: string }[]
          meta: { version: string }
        } // as the schema has it
        return [answer.scimType ?? status < 300, members[0]?.display, meta.version]
      }
      const member = (display: string) => ({ members: [{ value: 'id-1', display }] })
      const put = (display: string) => ({ schemas: [urns.group], displayName: 'g', ...member(display) })
      const add = (display: string) => patchOp({ op: 'add', path: 'members', ...{ value: member(display).members } })
      const edit = (op: string, value: string) => patchOp({ op, path: 'members[value eq "id-1"].display', value })
      const ways: readonly (readonly [string, (display: string) => object])[] = [
        ['PUT', put],
        ['PATCH', add],
        ['PATCH', (display) => edit('add', display)],
        ['PATCH', (display) => edit('replace', display)],
      ]
      for (const [method, body] of ways) {
        next = 1
        await createGroup(host, 'g', ['id-1'])
        after.length = 0
        const [, , given] = await send('PATCH', patchOp({ op: 'replace', path: 'displayName', value: 'g' }))
        const named = await send(method, body('Ada'))
        expect(named.slice(0, 2)).toEqual([true, 'Ada'])
        expect(named[2]).not.toBe(given)
        expect(await send(method, body('Ada'))).toEqual(named)
        const isEdit = ways.findIndex(([, way]) => way === body) > 1
        const other = await send(method, body('Countess'))
        expect(other).toEqual([compatibility === 'strict' || isEdit ? 'mutability' : true, 'Ada', named[2]])
        expect(after).toEqual([])
        await host.send('DELETE', '/Groups/id-2')
      }
    },
  )

  it('RD-8: members are answered with type and $ref, groups of users with name and type', async () => {
    const host = await company()
    const group = await host.send('GET', '/Groups/id-4')
    expect(group.body.members).toEqual([
      { value: 'id-1', $ref: `${host.origin}/scim/v2/Users/id-1`, type: 'User' },
      { value: 'id-2', $ref: `${host.origin}/scim/v2/Users/id-2`, type: 'User' },
    ])
    await createGroup(host, 'All', ['id-4'])
    const user = await host.send('GET', '/Users/id-1')
    expect(user.body.groups).toEqual([
      { value: 'id-4', $ref: `${host.origin}/scim/v2/Groups/id-4`, display: 'Sales', type: 'direct' },
      { value: 'id-5', $ref: `${host.origin}/scim/v2/Groups/id-5`, display: 'All', type: 'indirect' },
    ])
    const [nested] = ((await host.send('GET', '/Groups/id-5')).body as { members: object[] }).members
    expect(nested).toEqual({ value: 'id-4', $ref: `${host.origin}/scim/v2/Groups/id-4`, type: 'Group' })
    const listed = resourcesOf(await host.send('GET', '/Users'))
    expect(listed.map(({ groups }) => (groups as unknown[] | undefined)?.length)).toEqual([2, 2, undefined])
  })

  it.each(['strict', 'interop', 'lenient'] as const)(
    'RD-8: members and groups carry no sub-attribute that the schema lacks, so PUT takes what GET gives, in %s',
    async (compatibility) => {
      const lean = async (definition: ResourceDefinition, lacks: readonly string[]) => {
        const { attributes, ...schema } = await definition.describe()
        const kept = attributes.map((one) => {
          const subAttributes = one.subAttributes?.filter(({ name }) => !lacks.includes(`${one.name}.${name}`))
          return { ...one, ...(subAttributes && { subAttributes }) }
        })
        return resourceFromSchemas({ ...schema, attributes: kept }, buildResourceType(definition))
      }
      const user = await lean(userResource, ['groups.$ref', 'groups.type'])
      const group = await lean(groupResource, ['members.type', 'members.display'])
      const resources = (store: ResourceStore) => [mount(user, store), mount(group, store)]
      let next = 0
      const host = await start({ resources, compatibility, createId: () => `id-${++next}` })
      await createUser(host, 'ada')
      await createGroup(host, 'Sales', ['id-1'])
      for (const path of ['/Groups/id-2', '/Users/id-1']) {
        const { body } = await host.send('GET', path)
        const { status, body: kept } = await host.send('PUT', path, { body })
        expect([status, kept.members, kept.groups]).toEqual([200, body.members, body.groups])
      }
      const { members } = (await host.send('GET', '/Groups/id-2')).body
      expect(members).toEqual([{ value: 'id-1', $ref: `${host.origin}/scim/v2/Users/id-1` }])
      const [listed] = resourcesOf(await host.send('GET', '/Users'))
      expect([listed?.groups, (await host.send('GET', '/Users/id-1')).body.groups]).toEqual(
        Array.from({ length: 2 }, () => [{ value: 'id-2', display: 'Sales' }]),
      )
    },
  )

  it('PA-7: groups answer PATCH with 204, with attributes 200', async () => {
    const host = await company()
    const answer = await patch(host, { op: 'Replace', path: 'displayName', value: 'Sales EU' })
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(answer.headers.get('etag')).toMatch(/^W\/"\d+"$/)
    const body = patchOp({ op: 'add', path: 'members', value: [{ value: 'id-3' }] })
    const asked = await host.send('PATCH', '/Groups/id-4?attributes=displayName,members', { body })
    expect(asked.body).toMatchObject({
      displayName: 'Sales EU',
      members: [{ value: 'id-1' }, { value: 'id-2' }, { value: 'id-3' }],
    })
    const excluded = await host.send('PATCH', '/Groups/id-4?excludedAttributes=members', { body })
    expect(excluded.body).not.toHaveProperty('members')
  })

  it.each([
    ['add one', [{ op: 'Add', path: 'members', value: [{ $ref: null, value: 'id-3' }] }], ['id-1', 'id-2', 'id-3']],
    ['add one again', [{ op: 'add', path: 'members', value: [{ value: 'id-1' }] }], ['id-1', 'id-2']],
    ['remove by value list', [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: 'id-1' }] }], ['id-2']],
    ['remove by filter', [{ op: 'remove', path: 'members[value eq "id-1"]' }], ['id-2']],
    ['remove an id that is not a member', [{ op: 'remove', path: 'members[value eq "id-3"]' }], ['id-1', 'id-2']],
    ['remove all', [{ op: 'remove', path: 'members' }], []],
    ['replace the list', [{ op: 'replace', path: 'members', value: [{ value: 'id-3', display: 'x' }] }], ['id-3']],
    ['replace by nothing', [{ op: 'replace', path: 'members', value: [] }], []],
    [
      'remove and add',
      [
        { op: 'remove', path: 'members[value eq "id-1"]' },
        { op: 'add', path: 'members', value: [{ value: 'id-3' }] },
      ],
      ['id-2', 'id-3'],
    ],
    [
      'without path',
      [{ op: 'replace', value: { id: 'id-4', displayName: 'New', members: [{ value: 'id-2' }] } }],
      ['id-2'],
    ],
    ['by a filter on type', [{ op: 'remove', path: 'members[type eq "User"]' }], []],
  ])('PA-13, PA-16, PA-18, PA-20: %s', async (_, operations, expected) => {
    const host = await company()
    const answer = await patch(host, ...operations)
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(await membersOf(host)).toEqual(expected)
  })

  it('PA-2: a change of attributes and members is one: the unknown member undoes the rename', async () => {
    const host = await company()
    const before = await host.send('GET', '/Groups/id-4')
    const answer = await patch(
      host,
      { op: 'replace', path: 'displayName', value: 'Renamed' },
      { op: 'remove', path: 'members[value eq "id-1"]' },
      { op: 'add', path: 'members', value: [{ value: 'nobody' }] },
    )
    expect(answer.body).toMatchObject({
      status: '400',
      scimType: 'invalidValue',
      detail: expect.stringContaining('members'),
    })
    expect((await host.send('GET', '/Groups/id-4')).body).toEqual(before.body)
  })

  it('members must exist: POST, PUT and PATCH are 400 invalidValue and change nothing', async () => {
    const host = await company()
    const body = { schemas: [urns.group], displayName: 'New', members: [{ value: 'id-1' }, { value: 'nobody' }] }
    for (const answer of [
      await host.send('POST', '/Groups', { body }),
      await host.send('PUT', '/Groups/id-4', { body }),
      await patch(host, { op: 'replace', path: 'members', value: [{ value: 'nobody' }] }),
      await patch(host, { op: 'add', path: 'members', value: [{ value: '' }] }),
      await patch(host, { op: 'add', path: 'members', value: [{ display: 'ada' }] }),
    ]) {
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
    }
    expect((await host.send('GET', '/Groups')).body.totalResults).toBe(1)
    expect(await membersOf(host)).toEqual(['id-1', 'id-2'])
  })

  it('PU-1, PU-2: PUT makes the given members the only ones; without members the group is empty', async () => {
    const host = await company()
    const put = (attributes: object): Promise<HttpAnswer> =>
      host.send('PUT', '/Groups/id-4', { body: { schemas: [urns.group], displayName: 'Sales', ...attributes } })
    expect((await put({ members: [{ value: 'id-2' }, { value: 'id-3' }] })).body.members).toMatchObject([
      { value: 'id-2' },
      { value: 'id-3' },
    ])
    const again = await put({ members: [{ value: 'id-3', display: 'x', type: 'Group' }, { value: 'id-2' }] })
    expect(again.headers.get('etag')).toBe((await host.send('GET', '/Groups/id-4')).headers.get('etag'))
    expect((await put({})).body).not.toHaveProperty('members')
  })

  it('PR-9: excludedAttributes=members reads no members', async () => {
    let pages = 0
    const host = await start({
      resources: (store) => [
        mount(testUser, store),
        mount(groupResource, {
          ...store,
          ...(store.members && {
            members: {
              ...store.members,
              page: (...args) => {
                pages++
                return store.members?.page(...args) ?? Promise.reject(new Error('no members'))
              },
            },
          }),
        }),
      ],
    })
    const { id } = await createUser(host, 'ada')
    const group = await createGroup(host, 'Sales', [id])
    pages = 0
    await host.send('GET', `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "Sales"')}`)
    await host.send('GET', `/Groups/${group.id}?excludedAttributes=members`)
    await host.send('GET', `/Groups/${group.id}?attributes=displayName`)
    expect(pages).toBe(0)
    await host.send('GET', `/Groups/${group.id}`)
    expect(pages).toBe(1)
  })

  it('filters on members and groups are answered by the relation', async () => {
    const host = await company()
    await createGroup(host, 'All', ['id-4', 'id-3'])
    const find = async (path: string, filter: string): Promise<readonly unknown[]> =>
      resourcesOf(await host.send('GET', `${path}${filtered(filter)}`)).map(({ id }) => id)
    expect(await find('/Groups', 'members.value eq "id-1"')).toEqual(['id-4'])
    expect(await find('/Groups', 'members[value eq "id-3" and type eq "User"]')).toEqual(['id-5'])
    expect(await find('/Groups', 'not (members eq "id-1") and displayName pr')).toEqual(['id-5'])
    expect(await find('/Users', 'groups.value eq "id-4"')).toEqual(['id-1', 'id-2'])
    expect(await find('/Users', 'groups eq "id-5"')).toEqual(['id-1', 'id-2', 'id-3'])
    expect(await find('/Users', 'groups.display sw "sal" and userName eq "ada"')).toEqual(['id-1'])
  })

  it('users and groups in different stores: membership works, a filter on groups is refused by name', async () => {
    const users = memoryStore()
    const host = await start({ resources: (store) => [mount(testUser, users), mount(groupResource, store)] })
    const { id } = await createUser(host, 'ada')
    const group = await createGroup(host, 'Sales', [id])
    expect((await host.send('GET', `/Users/${id}`)).body.groups).toMatchObject([{ value: group.id }])
    const answer = await host.send('GET', `/Users${filtered(`groups.value eq "${group.id}"`)}`)
    expect(answer.body).toMatchObject({
      scimType: 'invalidFilter',
      detail: expect.stringContaining('different stores'),
    })
    await host.send('DELETE', `/Users/${id}`)
    expect(await membersOf(host, group.id)).toEqual([])
  })

  it('a group may hold itself or a circle without end', async () => {
    const host = await company()
    await patch(host, { op: 'add', path: 'members', value: [{ value: 'id-4' }] })
    expect((await host.send('GET', '/Users/id-1')).body.groups).toHaveLength(1)
    expect((await host.send('GET', `/Users${filtered('groups.value eq "id-4"')}`)).body.totalResults).toBe(2)
  })

  it.each([
    { op: 'replace', path: 'members[value eq "nobody"]', value: { value: 'id-3' } },
    { op: 'replace', path: 'members[value eq "nobody"].display', value: 'x' },
    { op: 'replace', path: 'members[value eq "id-3"].value', value: 'id-1' },
    { op: 'replace', path: 'members[display eq "nobody"].display', value: 'x' },
  ])('in strict $op of $path, which selects no member, is 400 noTarget and changes nothing', async (operation) => {
    let next = 0
    const host = await start({ compatibility: 'strict', createId: () => `id-${++next}` })
    for (const name of ['ada', 'grace', 'alan']) await createUser(host, name)
    await createGroup(host, 'Sales', ['id-1', 'id-2'])
    const before = (await host.send('GET', '/Groups/id-4')).text
    const { status, body } = await patch(host, operation)
    expect([status, body.scimType]).toEqual([400, 'noTarget'])
    expect((await host.send('GET', '/Groups/id-4')).text).toBe(before)
  })
}
