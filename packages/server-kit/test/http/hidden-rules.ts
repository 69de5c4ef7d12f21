import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { deviceUrn } from './device.js'
import { createUser, filtered, patchOp, type StartHost } from './host.js'

/** Keys that reach for the prototypes of JavaScript objects. */
const prototypeKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
]

/**
 * What must never be written, or never be seen.
 *
 * @param start Starts a service provider.
 */
export function hiddenRules(start: StartHost): void {
  it('SC-6: keys that name prototypes change nothing, in bodies, paths, values and filters', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const before = Object.getOwnPropertyNames(Object.prototype).sort()
    for (const key of prototypeKeys) {
      const nested = JSON.parse(`{"${key}":{"polluted":true,"constructor":{"prototype":{"polluted":true}}}}`)
      const body = `{"schemas":["${urns.user}"],"userName":"u-${key}","${key}":{"polluted":true},"name":{"${key}":{"polluted":true}}}`
      const created = await host.send('POST', '/Users', { body })
      expect([key, created.status, created.text.includes('polluted')]).toEqual([key, 201, false])
      const operations = [
        { op: 'add', value: nested },
        { op: 'add', path: key, value: { polluted: true } },
        { op: 'add', path: `${key}.polluted`, value: true },
        { op: 'replace', path: `name.${key}`, value: true },
        { op: 'add', path: `emails[${key} eq "x"].value`, value: 'x' },
        { op: 'remove', path: key },
        { op: 'add', value: { [`${key}.polluted`]: true, [`${urns.user}:${key}`]: true } },
      ]
      for (const operation of operations) {
        const answer = await host.send('PATCH', `/Users/${id}`, { body: patchOp(operation) })
        expect([key, answer.status < 500, answer.text.includes('polluted":true')]).toEqual([key, true, false])
      }
      for (const query of [
        filtered(`${key} eq "x"`),
        filtered(`${key}.${key} pr`),
        `?sortBy=${key}`,
        `?attributes=${key}`,
      ]) {
        expect((await host.send('GET', `/Users${query}`)).status).toBeLessThan(500)
      }
      expect((await host.send('GET', `/Users/${key}`)).status).toBe(404)
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect((await host.send('GET', `/Users/${id}`)).text).not.toContain('polluted')
  })

  it('over-posted attributes are never kept and never echoed', async () => {
    const host = await start()
    const extra = {
      isAdmin: true,
      role: 'admin',
      tenantId: 'other',
      emailVerified: true,
      _id: 1,
      permissions: ['*'],
      'urn:x:y': { a: 1 },
    }
    const user = await createUser(host, 'ada', extra)
    const put = await host.send('PUT', `/Users/${user.id}`, {
      body: { schemas: [urns.user], userName: 'ada', ...extra },
    })
    for (const key of Object.keys(extra)) {
      expect(user).not.toHaveProperty([key])
      expect(put.body).not.toHaveProperty([key])
    }
  })

  it('PR-4: what is never returned is in no answer, whatever is asked', async () => {
    const host = await start()
    const canary = 'c4n4ry-value'
    const body = { schemas: [deviceUrn], name: 'd', secretNote: canary, pin: canary }
    const { id } = (await host.send('POST', '/Devices', { body })).body
    const answers = [
      await host.send('GET', `/Devices/${id}?attributes=secretNote,pin`),
      await host.send('GET', '/Devices?attributes=secretNote,pin,name'),
      await host.send('GET', `/Devices?sortBy=secretNote&attributes=secretNote`),
      await host.send('GET', `/Devices${filtered(`secretNote eq "${canary}"`)}`),
      await host.send('PATCH', `/Devices/${id}?attributes=secretNote`, {
        body: patchOp({ op: 'replace', path: 'secretNote', value: `${canary}2` }),
      }),
      await host.send('PATCH', `/Devices/${id}`, { body: patchOp({ op: 'replace', path: 'pin', value: 5 }) }),
      await host.send('PUT', `/Devices/${id}`, { body: { ...body, name: 'e' } }),
    ]
    for (const answer of answers) expect(answer.text).not.toContain(canary)
  })

  it('SO-8, SC-7: the order of a list does not depend on what is never returned', async () => {
    const host = await start()
    for (const note of ['c', 'a', 'b']) {
      await host.send('POST', '/Devices', { body: { schemas: [deviceUrn], name: 'd', secretNote: note } })
    }
    const plain = await host.send('GET', '/Devices')
    for (const sortBy of ['secretNote', 'pin', 'SECRETNOTE']) {
      expect((await host.send('GET', `/Devices?sortBy=${sortBy}`)).text).toBe(plain.text)
    }
  })

  it('ER-1: details name attributes, never the values that were sent', async () => {
    const host = await start()
    const { id } = await createUser(host, 'taken-canary')
    const canary = 'taken-canary'
    const answers = [
      await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: canary } }),
      await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: 'x', active: canary } }),
      await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: 'x', name: canary } }),
      await host.send('GET', `/Users${filtered(`userName xx "${canary}"`)}`),
      await host.send('PATCH', `/Users/${id}`, { body: patchOp({ op: 'replace', path: 'active', value: canary }) }),
    ]
    for (const { status, text } of answers) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(text).not.toContain(canary)
    }
  })
}
