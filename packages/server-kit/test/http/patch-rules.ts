import { enterpriseUser, ScimError, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { deviceUrn } from './device.js'
import { createUser, type Host, type HttpAnswer, patchOp, type StartHost } from './host.js'

const enterprise = enterpriseUser.urn

/**
 * `PATCH` as a request: envelope, atomicity, versions. What operations do is tested with the engine.
 *
 * @param start Starts a service provider.
 */
export function patchRules(start: StartHost): void {
  const patch = (host: Host, id: string, ...operations: object[]): Promise<HttpAnswer> =>
    host.send('PATCH', `/Users/${id}`, { body: patchOp(...operations) })

  it('PA-7: 200 with the whole resource and its new version', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada', { name: { givenName: 'Ada' } })
    const answer = await patch(
      host,
      id,
      { op: 'Replace', path: 'name.familyName', value: 'King' },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'a@x.example' },
      { op: 'replace', value: { active: 'False', [`${enterprise}:department`]: 'R' } },
    )
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, 'W/"2"'])
    expect(answer.body).toMatchObject({
      schemas: [urns.user, enterprise],
      name: { givenName: 'Ada', familyName: 'King' },
      emails: [{ type: 'work', value: 'a@x.example' }],
      active: false,
      [enterprise]: { department: 'R' },
    })
    expect((await host.send('GET', `/Users/${id}`)).body).toEqual(answer.body)
  })

  it('PA-2: one failing operation leaves everything as it was', async () => {
    const host = await start()
    const user = await createUser(host, 'ada', { title: 'Dr' })
    const answer = await patch(
      host,
      user.id,
      { op: 'replace', path: 'title', value: 'Prof' },
      { op: 'replace', path: 'noSuchAttribute', value: 'x' },
    )
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidPath'])
    expect((await host.send('GET', `/Users/${user.id}`)).body).toEqual(user)
  })

  it('PA-9: a PATCH that changes nothing keeps version and lastModified', async () => {
    let seconds = 0
    const host = await start({ now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++)) })
    const user = await createUser(host, 'ada', { emails: [{ value: 'a', type: 'work' }] })
    for (const operations of [
      [{ op: 'add', path: 'emails', value: [{ value: 'a', type: 'work' }] }],
      [{ op: 'replace', path: 'userName', value: 'ada' }],
      [{ op: 'remove', path: 'title' }],
      [],
    ]) {
      const answer = await patch(host, user.id, ...operations)
      expect([answer.status, answer.body]).toEqual([200, user])
    }
  })

  it.each([
    [{ Operations: [{ op: 'add', path: 'title', value: 'x' }], schemas: ['urn:wrong'] }, 'invalidSyntax'],
    [patchOp({ op: 'move', path: 'title', value: 'x' }), 'invalidSyntax'],
    [patchOp({ op: 'add', path: 'title' }), 'invalidSyntax'],
    [patchOp({ op: 'remove' }), 'noTarget'],
    [patchOp({ op: 'replace', path: 'emails[type eq', value: 'x' }), 'invalidFilter'],
    [patchOp({ op: 'replace', path: 'a b', value: 'x' }), 'invalidPath'],
    [patchOp({ op: 'replace', path: 'emails[value eq "x"].type', value: 'x' }), 'noTarget'],
    [patchOp({ op: 'replace', path: 'meta.version', value: 'x' }), 'mutability'],
    [patchOp({ op: 'replace', path: 'active', value: 'perhaps' }), 'invalidValue'],
    [patchOp({ op: 'replace', path: 'userName', value: '' }), 'invalidValue'],
    [patchOp({ op: 'replace', value: 'x' }), 'invalidValue'],
  ])('PA-1 to PA-23: %j is refused with %s', async (body, scimType) => {
    const host = await start()
    const user = await createUser(host, 'ada')
    const answer = await host.send('PATCH', `/Users/${user.id}`, { body })
    expect([answer.status, answer.body.scimType]).toEqual([400, scimType])
    expect((await host.send('GET', `/Users/${user.id}`)).body).toEqual(user)
  })

  it('PA-10, UQ-3: a taken name is 409 uniqueness', async () => {
    const host = await start()
    await createUser(host, 'ada')
    const { id } = await createUser(host, 'grace')
    const answer = await patch(host, id, { op: 'replace', path: 'userName', value: 'ADA' })
    expect([answer.status, answer.body.scimType]).toEqual([409, 'uniqueness'])
    expect((await patch(host, id, { op: 'replace', path: 'userName', value: 'GRACE' })).body.userName).toBe('GRACE')
  })

  it('PA-5: a whole resource that is sent back as it was returned changes nothing', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada', { name: { givenName: 'Ada' }, emails: [{ value: 'a', type: 'work' }] })
    const group = { schemas: [urns.group], displayName: 'Sales', members: [{ value: id }] }
    const { id: groupId } = (await host.send('POST', '/Groups', { body: group })).body
    const user = (await host.send('GET', `/Users/${id}`)).body
    expect(user).toMatchObject({ groups: [{ value: groupId }], meta: { version: 'W/"1"' } })
    const same = await patch(host, id, { op: 'replace', value: user })
    expect([same.status, same.body]).toEqual([200, user])
    const changed = await patch(host, id, { op: 'replace', value: { ...user, title: 'Countess' } })
    expect([changed.status, changed.headers.get('etag'), changed.body.title]).toEqual([200, 'W/"2"', 'Countess'])
    for (const stale of [{ meta: user.meta }, { groups: [{ value: 'another' }] }, { id: groupId }]) {
      expect((await patch(host, id, { op: 'replace', value: stale })).body.scimType).toBe('mutability')
    }
    const whole = (await host.send('GET', `/Groups/${groupId}`)).body
    expect(
      (await host.send('PATCH', `/Groups/${groupId}`, { body: patchOp({ op: 'replace', value: whole }) })).status,
    ).toBe(204)
    expect((await host.send('GET', `/Groups/${groupId}`)).body).toEqual(whole)
    const strict = await start({ compatibility: 'strict' })
    const ada = await createUser(strict, 'ada')
    expect((await patch(strict, ada.id, { op: 'replace', value: ada })).body.scimType).toBe('mutability')
  })

  it('PA-21: a required attribute cannot be removed: 400 mutability', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const answer = await patch(host, id, { op: 'remove', path: 'userName' })
    expect([answer.status, answer.body.scimType]).toEqual([400, 'mutability'])
  })

  it('PA-5: an immutable attribute may be set once', async () => {
    const host = await start()
    const { id } = (await host.send('POST', '/Devices', { body: { schemas: [deviceUrn], name: 'd' } })).body
    const set = (value: string): Promise<HttpAnswer> =>
      host.send('PATCH', `/Devices/${id}`, { body: patchOp({ op: 'add', path: 'serial', value }) })
    expect((await set('S1')).body.serial).toBe('S1')
    expect((await set('S2')).body.scimType).toBe('mutability')
    const readOnly = await host.send('PATCH', `/Devices/${id}`, {
      body: patchOp({ op: 'add', path: 'state', value: 'on' }),
    })
    expect(readOnly.body.scimType).toBe('mutability')
  })

  it('RD-1: PATCH of an unknown id is 404', async () => {
    expect((await patch(await start(), 'unknown', { op: 'add', path: 'title', value: 'x' })).status).toBe(404)
  })

  it('SC-4: a password goes to the hook, gives a new version, and is seen nowhere', async () => {
    const passwords: string[] = []
    const host = await start({ hooks: { setPassword: (_context, _id, password) => void passwords.push(password) } })
    const { id } = await createUser(host, 'ada')
    const answer = await patch(host, id, { op: 'replace', value: { password: 'N3w!' } })
    expect([answer.status, answer.headers.get('etag'), passwords]).toEqual([200, 'W/"2"', ['N3w!']])
    expect(answer.text).not.toContain('N3w!')
    expect((await host.send('GET', '/ServiceProviderConfig')).body.changePassword).toEqual({ supported: true })
  })

  it('a password that the hook refuses leaves the other changes undone', async () => {
    const host = await start({
      hooks: {
        setPassword: () => {
          throw new ScimError(400, 'password is too short', { scimType: 'invalidValue' })
        },
      },
    })
    const user = await createUser(host, 'ada')
    const answer = await patch(host, user.id, { op: 'replace', value: { password: 'x', title: 'Dr' } })
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
    expect((await host.send('GET', `/Users/${user.id}`)).body).toEqual(user)
  })

  it('more operations than the limit are 413, which names it', async () => {
    const host = await start({ limits: { maxPatchOperations: 2 } })
    const { id } = await createUser(host, 'ada')
    const operation = { op: 'replace', path: 'title', value: 'x' }
    expect((await patch(host, id, operation, operation)).status).toBe(200)
    const answer = await patch(host, id, operation, operation, operation)
    expect([answer.status, answer.body.detail]).toEqual([413, expect.stringContaining('2')])
  })
}
