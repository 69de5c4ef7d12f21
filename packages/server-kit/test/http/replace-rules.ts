import { enterpriseUser, ScimError, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { mount } from '../../src/index.js'
import { attribute, deviceUrn } from './device.js'
import { badgeUrn, defineUser, userUrn } from './evolution.js'
import { createGroup, createUser, patchOp, type StartHost } from './host.js'

const enterprise = enterpriseUser.urn

/**
 * `PUT` of a resource.
 *
 * @param start Starts a service provider.
 */
export function replaceRules(start: StartHost): void {
  it('PU-1, PU-2, PU-3, PU-7: given values replace, those left out or null are cleared; 200 with the whole resource', async () => {
    const host = await start({ now: clock() })
    const { id, meta } = await createUser(host, 'ada', {
      title: 'Dr',
      nickName: 'A',
      externalId: 'e',
      emails: [{ value: 'a' }],
    })
    const body = { schemas: [urns.user], userName: 'ada', title: 'Prof', emails: [], nickName: null }
    const answer = await host.send('PUT', `/Users/${id}`, { body })
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, 'W/"2"'])
    expect(answer.body).toEqual({
      schemas: [urns.user],
      id,
      userName: 'ada',
      title: 'Prof',
      meta: { ...(meta as object), lastModified: '2026-01-01T00:00:01.000Z', version: 'W/"2"' }, // as answered
    })
    expect((await host.send('GET', `/Users/${id}`)).body).toEqual(answer.body)
  })

  it('PU-2: omittedOnReplace keep keeps what is left out, and null still clears', async () => {
    const host = await start({ omittedOnReplace: 'keep' })
    const { id } = await createUser(host, 'ada', { title: 'Dr', nickName: 'A', [enterprise]: { department: 'R' } })
    const body = { schemas: [urns.user], userName: 'ada', nickName: null }
    const answer = await host.send('PUT', `/Users/${id}`, { body })
    expect(answer.body).toMatchObject({ title: 'Dr', [enterprise]: { department: 'R' } })
    expect(answer.body).not.toHaveProperty('nickName')
  })

  it('PU-2: omittedOnReplace keep keeps members that are left out; an empty list clears them, as clear does', async () => {
    for (const omittedOnReplace of ['keep', 'clear'] as const) {
      const host = await start({ omittedOnReplace })
      const ada = await createUser(host, 'ada')
      const { id } = await createGroup(host, 'g', [ada.id])
      const put = async (members: object) => {
        const body = { schemas: [urns.group], displayName: 'h', ...members }
        const answer = await host.send('PUT', `/Groups/${id}`, { body })
        return [answer.status, (answer.body.members as readonly unknown[] | undefined)?.length ?? 0]
      }
      expect(await put({})).toEqual([200, omittedOnReplace === 'keep' ? 1 : 0])
      expect(await put({ members: [{ value: ada.id }] })).toEqual([200, 1])
      expect(await put({ members: [] })).toEqual([200, 0])
    }
  })

  it('a PUT that is refused for its members changes nothing else', async () => {
    const host = await start()
    const { id } = await createGroup(host, 'g')
    const before = (await host.send('GET', `/Groups/${id}`)).text
    const body = { schemas: [urns.group], displayName: 'h', members: [{ value: 'nobody' }] }
    expect((await host.send('PUT', `/Groups/${id}`, { body })).status).toBe(400)
    expect((await host.send('GET', `/Groups/${id}`)).text).toBe(before)
  })

  it('PU-5: readOnly values are ignored, also an id that differs from the path', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const body = {
      schemas: [urns.user],
      userName: 'ada',
      id: 'other',
      meta: { version: 'x' },
      groups: [{ value: 'g' }],
      title: 'Dr',
    }
    const answer = await host.send('PUT', `/Users/${id}`, { body })
    expect([answer.status, answer.body.id, answer.body.title]).toEqual([200, id, 'Dr'])
    expect(answer.body).not.toHaveProperty('groups')
  })

  it('PU-4: an immutable value may be set once, left out, or repeated, but not changed', async () => {
    const host = await start()
    const device = { schemas: [deviceUrn], name: 'd' }
    const { id } = (await host.send('POST', '/Devices', { body: device })).body
    const put = (attributes: object) => host.send('PUT', `/Devices/${id}`, { body: { ...device, ...attributes } })
    expect((await put({ serial: 'S1' })).body.serial).toBe('S1')
    expect((await put({})).body.serial).toBe('S1')
    expect((await put({ serial: 'S1' })).status).toBe(200)
    for (const serial of ['S2', 's1', null]) {
      const answer = await put({ serial })
      expect([answer.status, answer.body.scimType]).toEqual([400, 'mutability'])
    }
    expect((await put({ owner: { value: 'u', since: '2020' } })).status).toBe(200)
    expect((await put({ owner: { value: 'u', since: '2021' } })).body.scimType).toBe('mutability')
    expect((await put({ owner: { value: 'v' } })).body.owner).toMatchObject({ value: 'v', since: '2020' })
    expect((await put({})).body.owner).toMatchObject({ value: 'v', since: '2020' })
    for (const owner of [null, {}, { value: null }, { value: null, since: null }]) {
      expect([(await put({ owner })).body.scimType, owner]).toEqual(['mutability', owner])
    }
  })

  it.each(['strict', 'interop', 'lenient'] as const)(
    'PU-4, PU-9: an extension that an immutable value holds stays whole when it is left out, in %s',
    async (compatibility) => {
      const badge = [attribute('label', { required: true }), attribute('serial', { mutability: 'immutable' })]
      const host = await start({ compatibility, resources: (store) => [mount(defineUser({ badge }), store)] })
      const whole = { label: 'l', serial: 's' }
      const body = { schemas: [userUrn, badgeUrn], userName: 'ada', [badgeUrn]: whole }
      const { id } = (await host.send('POST', '/Users', { body })).body
      const put = (more: object) =>
        host.send('PUT', `/Users/${id}`, { body: { schemas: [userUrn], userName: 'ada', ...more } })
      const left = await put({ title: 'Dr' })
      expect([left.status, left.body[badgeUrn], left.body.schemas]).toEqual([200, whole, [userUrn, badgeUrn]])
      expect((await put(left.body)).status).toBe(200)
      const disable = { body: patchOp({ op: 'replace', path: 'active', value: false }) }
      expect((await host.send('PATCH', `/Users/${id}`, disable)).body).toMatchObject({
        active: false,
        [badgeUrn]: whole,
      })
      const named = { schemas: [userUrn, badgeUrn], [badgeUrn]: { label: 'm' } }
      expect((await put(named)).body[badgeUrn]).toEqual({ label: 'm', serial: 's' })
      for (const none of [null, {}, { serial: null, label: 'l' }]) {
        const answer = await put({ schemas: [userUrn, badgeUrn], [badgeUrn]: none })
        expect([answer.status, answer.body.scimType]).toEqual([400, 'mutability'])
      }
    },
  )

  it('PU-6, PU-8: a missing required attribute is 400 invalidValue, a taken name 409, an unknown id 404', async () => {
    const host = await start()
    await createUser(host, 'ada')
    const { id } = await createUser(host, 'grace')
    expect((await host.send('PUT', `/Users/${id}`, { body: { schemas: [urns.user] } })).body.scimType).toBe(
      'invalidValue',
    )
    const taken = await host.send('PUT', `/Users/${id}`, { body: { schemas: [urns.user], userName: 'ADA' } })
    expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness'])
    expect((await host.send('PUT', '/Users/no', { body: { schemas: [urns.user], userName: 'x' } })).status).toBe(404)
    expect((await host.send('GET', `/Users/${id}`)).body.userName).toBe('grace')
  })

  it('PU-9: an extension left out is cleared and its URN leaves schemas', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada', { [enterprise]: { department: 'R' } })
    const answer = await host.send('PUT', `/Users/${id}`, { body: { schemas: [urns.user], userName: 'ada' } })
    expect(answer.body.schemas).toEqual([urns.user])
    expect(answer.body).not.toHaveProperty(enterprise)
  })

  it('PA-9: a PUT that changes nothing keeps version and lastModified', async () => {
    const host = await start({ now: clock() })
    const user = await createUser(host, 'ada', {
      emails: [{ value: 'a', type: 'work' }],
      [enterprise]: { department: 'R' },
    })
    const answer = await host.send('PUT', `/Users/${user.id}`, { body: user })
    expect(answer.body).toEqual(user)
    expect(answer.headers.get('etag')).toBe('W/"1"')
  })

  it('PU-2, SC-4: a PUT without password leaves it alone, one with it calls the hook', async () => {
    const passwords: string[] = []
    const host = await start({ hooks: { setPassword: (_context, _id, password) => void passwords.push(password) } })
    const { id } = await createUser(host, 'ada')
    await host.send('PUT', `/Users/${id}`, { body: { schemas: [urns.user], userName: 'ada' } })
    const answer = await host.send('PUT', `/Users/${id}`, {
      body: { schemas: [urns.user], userName: 'ada', password: 'n3w' },
    })
    expect([answer.status, passwords]).toEqual([200, ['n3w']])
    expect(answer.text).not.toContain('n3w')
    expect(answer.headers.get('etag')).toBe('W/"2"')
  })

  it('a password that the hook refuses leaves the resource as it was', async () => {
    const host = await start({
      hooks: {
        setPassword: () => {
          throw new ScimError(400, 'password is too short', { scimType: 'invalidValue' })
        },
      },
    })
    const user = await createUser(host, 'ada')
    const body = { schemas: [urns.user], userName: 'renamed', password: 'x' }
    expect((await host.send('PUT', `/Users/${user.id}`, { body })).status).toBe(400)
    expect((await host.send('GET', `/Users/${user.id}`)).body).toEqual(user)
  })
}

/** A clock that ticks a second with each request that asks. */
function clock(): () => Date {
  let seconds = 0
  return () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++))
}
