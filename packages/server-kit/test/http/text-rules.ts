import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createUser, patchOp, type StartHost } from './host.js'

/**
 * Texts that are no texts.
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
}
