import { enterpriseUser, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { deviceUrn } from './device.js'
import { createUser, type StartHost } from './host.js'

const enterprise = enterpriseUser.urn

/**
 * `POST` of a resource.
 *
 * @param start Starts a service provider.
 */
export function createRules(start: StartHost): void {
  it('CR-2, CR-3, ET-2: 201 with Location, ETag and the whole resource', async () => {
    const host = await start({ now: () => new Date('2026-03-04T05:06:07.089Z') })
    const body = { schemas: [urns.user], userName: 'ada', emails: [{ value: 'a@x.example', type: 'work' }] }
    const answer = await host.send('POST', '/Users', { body })
    const { id, meta, ...attributes } = answer.body
    expect(answer.status).toBe(201)
    expect(attributes).toEqual(body)
    const location = `${host.origin}/scim/v2/Users/${id}`
    expect(meta).toEqual({
      resourceType: 'User',
      created: '2026-03-04T05:06:07.089Z',
      lastModified: '2026-03-04T05:06:07.089Z',
      location,
      version: 'W/"1"',
    })
    expect([answer.headers.get('location'), answer.headers.get('etag')]).toEqual([location, 'W/"1"'])
    expect((await host.send('GET', `/Users/${id}`)).body).toEqual(answer.body)
  })

  it('MT-4: locations come from baseUrl where one is set, for every answer', async () => {
    const host = await start({ baseUrl: 'https://app.example.com/tenants/a/scim/v2' })
    const user = await createUser(host, 'ada')
    expect(user.meta).toMatchObject({ location: `https://app.example.com/tenants/a/scim/v2/Users/${user.id}` })
    const perTenant = await start({
      baseUrl: (_, principal) => `https://${principal?.tenantId ?? 'default'}.example.com/`,
    })
    const other = await createUser(perTenant, 'ada')
    expect(other.meta).toMatchObject({ location: `https://default.example.com/Users/${other.id}` })
  })

  it('CR-1, UN-9: readOnly attributes of the body are ignored, id, meta and groups included', async () => {
    const host = await start()
    const user = await createUser(host, 'ada', {
      id: 'bulkId:mine',
      meta: { resourceType: 'Users', version: 'W/"99"', created: 'never' },
      groups: [{ value: 'g1' }],
    })
    expect(user.id).not.toContain('mine')
    expect(user).not.toHaveProperty('groups')
    expect(user.meta).toMatchObject({ resourceType: 'User', version: 'W/"1"' })
  })

  it('UN-9: ids are made by the server, or by the application where it says so', async () => {
    const host = await start({ createId: () => 'id-1' })
    expect((await createUser(host, 'ada')).id).toBe('id-1')
  })

  it('CR-4, UQ-2: a taken userName is 409 uniqueness, whatever its case', async () => {
    const host = await start()
    await createUser(host, 'BJensen')
    const answer = await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: 'bjensen' } })
    expect(answer.body).toMatchObject({ schemas: [urns.error], status: '409', scimType: 'uniqueness' })
    expect(answer.status).toBe(409)
  })

  it('CR-5: a missing required attribute is 400 invalidValue and names it', async () => {
    const host = await start()
    for (const userName of [undefined, null, '']) {
      const answer = await host.send('POST', '/Users', { body: { schemas: [urns.user], userName } })
      expect(answer.body).toMatchObject({
        status: '400',
        scimType: 'invalidValue',
        detail: expect.stringContaining('userName'),
      })
    }
  })

  it.each([
    ['schemas that is not a list', { schemas: urns.user, userName: 'ada' }],
    ['another base schema', { schemas: [urns.group], userName: 'ada' }],
    ['an extension alone', { schemas: [enterprise], userName: 'ada' }],
  ])('CR-8: %s is 400 invalidSyntax', async (_, body) => {
    const answer = await (await start()).send('POST', '/Users', { body })
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax'])
  })

  it.each([
    { userName: ['x', 'y'] },
    { userName: [['x']] },
    { displayName: 5 },
    { name: 'x' },
    { emails: [['x']] },
    { emails: [5] },
    { addresses: ['x'] },
    { active: 7 },
    { emails: [{ value: 'x', primary: 1 }] },
  ])('JN-4, JN-13: %j is 400 invalidValue', async (attributes) => {
    const body = { schemas: [urns.user], userName: 'ada', ...attributes }
    const answer = await (await start()).send('POST', '/Users', { body })
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
  })

  it('JN-6: two primary elements are 400 invalidValue', async () => {
    const emails = [
      { value: 'a', primary: true },
      { value: 'b', primary: true },
    ]
    const answer = await (await start()).send('POST', '/Users', {
      body: { schemas: [urns.user], userName: 'ada', emails },
    })
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
  })

  it('JN-1, JN-2: null, [] and {} are not values and do not come back', async () => {
    const host = await start()
    const user = await createUser(host, 'ada', {
      title: null,
      emails: [],
      name: {},
      phoneNumbers: [{ value: null }],
      addresses: null,
      [enterprise]: { department: null },
    })
    expect(Object.keys(user).sort()).toEqual(['id', 'meta', 'schemas', 'userName'])
    expect(user.schemas).toEqual([urns.user])
  })

  it('JN-5, JN-10, JN-12: values are kept as they were sent, whatever the order of members and the canonical values', async () => {
    const host = await start()
    const user = await createUser(host, 'AdA', { emails: [{ type: 'Holiday', value: 'A@X.example' }], title: 'DR' })
    expect(user).toMatchObject({ userName: 'AdA', title: 'DR', emails: [{ value: 'A@X.example', type: 'Holiday' }] })
  })

  it('JN-7: the same value of the same type is not kept twice; under another type it is', async () => {
    const host = await start()
    const emails = [
      { value: 'a', type: 'work' },
      { value: 'a', type: 'home' },
      { value: 'a', type: 'work', display: 'again' },
      { value: 'b' },
      { value: 'b' },
    ]
    const user = await createUser(host, 'ada', { emails })
    expect(user.emails).toEqual([emails[0], emails[1], emails[3]])
  })

  it('JN-3: an empty string is a value', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada', { title: '' })
    expect((await host.send('GET', `/Users/${id}`)).body.title).toBe('')
    expect((await host.send('GET', '/Users?filter=title%20pr')).body.totalResults).toBe(0)
  })

  it('UN-1, UN-6: names and URNs in any case are brought into schema spelling', async () => {
    const host = await start()
    const body = {
      SCHEMAS: [urns.user.toUpperCase()],
      USERNAME: 'ada',
      Name: { FAMILYNAME: 'Lovelace' },
      EMAILS: [{ VALUE: 'a@x.example', Type: 'work' }],
      [enterprise.toUpperCase()]: { DEPARTMENT: 'R' },
    }
    const answer = await host.send('POST', '/Users', { body })
    expect(answer.body).toMatchObject({
      schemas: [urns.user, enterprise],
      userName: 'ada',
      name: { familyName: 'Lovelace' },
      emails: [{ value: 'a@x.example', type: 'work' }],
      [enterprise]: { department: 'R' },
    })
  })

  it('UN-7: schemas is kept true: used extensions are added, unused and unknown ones left out', async () => {
    const host = await start()
    const using = await createUser(host, 'ada', { [enterprise]: { department: 'R' } })
    expect(using.schemas).toEqual([urns.user, enterprise])
    const declaring = await createUser(host, 'grace', { schemas: [urns.user, enterprise, enterprise, 'urn:unknown'] })
    expect(declaring.schemas).toEqual([urns.user])
  })

  it('UN-7, EP-11: strict refuses unknown URIs and unknown attributes with 400 invalidSyntax', async () => {
    const host = await start({ compatibility: 'strict' })
    for (const attributes of [
      { schemas: [urns.user, 'urn:unknown'] },
      { favouriteColour: 'red' },
      { name: { nickname: 'x' } },
      { 'urn:unknown': { a: 1 } },
    ]) {
      const answer = await host.send('POST', '/Users', {
        body: { schemas: [urns.user], userName: 'ada', ...attributes },
      })
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax'])
    }
  })

  it('EP-11: lenient drops unknown attributes and says so', async () => {
    const notes: unknown[] = []
    const host = await start({ onNote: (note, info) => notes.push([note.rule, note.path, info.method]) })
    const user = await createUser(host, 'ada', { isAdmin: true, tenantId: 'other', name: { givenName: 'A', rank: 1 } })
    expect(user).not.toHaveProperty('isAdmin')
    expect(user.name).toEqual({ givenName: 'A' })
    expect(notes).toContainEqual(['ignoreUnknownAttributes', 'isAdmin', 'POST'])
  })

  it('CR-7: returned request comes back after a POST that wrote it, returned never not at all', async () => {
    const host = await start()
    const body = { schemas: [deviceUrn], name: 'd', notes: 'n', secretNote: 's', pin: '1234', label: 'l' }
    const created = await host.send('POST', '/Devices', { body })
    expect(created.body).toMatchObject({ notes: 'n', label: 'l' })
    expect(created.text).not.toMatch(/secretNote|pin|1234/)
    const read = await host.send('GET', `/Devices/${created.body.id}`)
    expect(read.body).not.toHaveProperty('notes')
  })

  it('RD-8: a returned $ref leads to the resource that value names', async () => {
    const host = await start()
    const boss = await createUser(host, 'boss')
    const user = await createUser(host, 'ada', {
      [enterprise]: { manager: { value: boss.id, $ref: 'https://evil.example/Users/x', displayName: 'Nobody' } },
    })
    const { $ref } = (user[enterprise] as { manager: { $ref: string } }).manager // as the schema has it
    expect($ref).toBe(`${host.origin}/scim/v2/Users/${boss.id}`)
    expect(JSON.stringify(user)).not.toContain('evil')
  })

  it('SC-4: a password goes to the hook alone, never to the store or an answer', async () => {
    const passwords: unknown[] = []
    const host = await start({
      hooks: { setPassword: (context, id, password) => void passwords.push([context.tenantId, id, password]) },
    })
    const answer = await host.send('POST', '/Users', {
      body: { schemas: [urns.user], userName: 'ada', password: 'c4nary!' },
    })
    expect(passwords).toEqual([['default', answer.body.id, 'c4nary!']])
    expect(answer.text).not.toContain('c4nary!')
    expect((await host.send('GET', '/Users?attributes=password')).text).not.toContain('c4nary!')
    expect((await host.send('GET', '/Users?filter=password%20pr')).body.totalResults).toBe(0)
  })

  it('a password that the hook refuses leaves no resource behind', async () => {
    const { ScimError } = await import('@scimkit/core')
    const host = await start({
      hooks: {
        setPassword: () => {
          throw new ScimError(400, 'password is too short', { scimType: 'invalidValue' })
        },
      },
    })
    const answer = await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: 'ada', password: 'x' } })
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
    expect((await host.send('GET', '/Users')).body.totalResults).toBe(0)
  })
}
