import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { deviceUrn } from './device.js'
import { createUser, patchOp, type StartHost } from './host.js'

/**
 * Texts that are not valid Unicode.
 *
 * @param start Starts a service provider.
 */
export function textRules(start: StartHost): void {
  it('CN-1: half of a surrogate pair is refused by its path wherever it is written, and a whole one is kept', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const body = (text: string) => `{"schemas":["${urns.user}"],"userName":"${text}"}`
    const patch = (text: string) => JSON.stringify(patchOp({ op: 'add', path: 'title', value: '*' })).replace('*', text)
    for (const half of ['\\ud800', 'a\\uDFFFb', '\\udc00\\ud800']) {
      const answers = [
        ['userName', await host.send('POST', '/Users', { body: body(half) })],
        ['userName', await host.send('PUT', `/Users/${id}`, { body: body(half) })],
        ['Operations.value', await host.send('PATCH', `/Users/${id}`, { body: patch(half) })],
      ] as const
      for (const [path, answer] of answers) {
        expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
        expect(answer.body.detail).toContain(path)
      }
    }
    const whole = await host.send('POST', '/Users', { body: body('\\ud83d\\ude00') })
    expect([whole.status, whole.body.userName]).toEqual([201, '😀'])
    const literal = await host.send('POST', '/Users', { body: body('\\\\ud800') })
    expect([literal.status, literal.body.userName]).toEqual([201, '\\ud800'])
    expect((await host.send('GET', '/Users')).body.totalResults).toBe(3)
  })

  it.each(['strict', 'interop', 'lenient'] as const)(
    '%s: a dateTime has at most 64 characters, whichever way it comes',
    async (base) => {
      const host = await start({ compatibility: base })
      const device = (bought: string) => ({ schemas: [deviceUrn], name: 'd', bought })
      const exact = device(`2020-01-01T00:00:00.${'0'.repeat(40)}1Z`)
      const created = await host.send('POST', '/Devices', { body: exact })
      expect([created.status, created.body.bought]).toEqual([201, exact.bought])
      const path = `/Devices/${created.body.id}`
      for (const bought of [
        `2020-01-01T00:00:00.${'0'.repeat(30_000)}1Z`,
        `2020-01-01T24:00:00.${'0'.repeat(30_000)}Z`,
        `2${'0'.repeat(30_000)}-01-01T00:00:00Z`,
      ]) {
        const bulk = { schemas: [urns.bulkRequest], Operations: [{ method: 'PUT', path, data: device(bought) }] }
        const { body } = await host.send('POST', '/Bulk', { body: bulk })
        const answers = [
          await host.send('POST', '/Devices', { body: device(bought) }),
          await host.send('PUT', path, { body: device(bought) }),
          await host.send('PATCH', path, { body: patchOp({ op: 'replace', path: 'bought', value: bought }) }),
        ]
        expect(answers.map((answer) => [answer.status, answer.body.scimType])).toEqual(
          answers.map(() => [400, 'invalidValue']),
        )
        expect(body.Operations).toMatchObject([{ status: '400', response: { scimType: 'invalidValue' } }])
      }
      expect((await host.send('GET', path)).body.bought).toBe(exact.bought)
    },
  )
}
