import { gzipSync } from 'node:zlib'
import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createUser, newName, streamOf, userText } from './make-requests.js'
import { type Adapter, type Behind, type Init, maxBodyBytes } from './start-adapters.js'

/**
 * How bodies are read: media types, encodings, sizes, pieces.
 *
 * @param adapter What answers.
 * @param behind Gives its running handler.
 */
export function bodyCases(adapter: Adapter, behind: () => Behind): void {
  const types = [
    'application/scim+json',
    'application/json',
    'application/json; charset=utf-8',
    'application/scim+json;charset="UTF-8"',
    'Application/SCIM+JSON',
  ]
  it.each(types)('takes %s', async (type) => {
    expect((await createUser(behind(), undefined, { headers: { 'content-type': type } })).status).toBe(201)
  })

  const refusedTypes = [
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '*/*',
  ]
  it.each(refusedTypes)('refuses %s with 415', async (type) => {
    const response = await createUser(behind(), undefined, { headers: { 'content-type': type } })
    expect([response.status, (await response.json()).status]).toEqual([415, '415'])
  })

  it.each(['Ådå Λόβελεϊς 🦊', '\u0000\u0001', 'tab\there', '\u2028', '"\\/'])('keeps %j as it is', async (title) => {
    const body = userText(newName(), { title })
    expect(await (await behind().send('/Users', { method: 'POST', body })).json()).toMatchObject({ title })
  })

  it('reads a body that comes in pieces without a length, cut within a letter', async () => {
    const bytes = new TextEncoder().encode(userText(newName(), { title: '🦊' }))
    const pieces = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, n) => bytes.subarray(n * 3, n * 3 + 3))
    const init: Init = { method: 'POST', body: streamOf(pieces), duplex: 'half' }
    const response = await behind().send('/Users', init)
    expect([response.status, (await response.json()).title]).toEqual([201, '🦊'])
  })

  it('needs no body for DELETE, and passes over one', async () => {
    const { id } = await (await createUser(behind())).json()
    const response = await behind().send(`/Users/${id}`, { method: 'DELETE', body: '{}' })
    expect(response.status).toBe(204)
  })

  if (!adapter.parsed) unparsedCases(behind)

  it('refuses a body that is larger than the limit, and answers the next request', async () => {
    const response = await createUser(behind(), 'x'.repeat(maxBodyBytes))
    expect([response.status, (await response.json()).status]).toEqual([413, '413'])
    expect((await createUser(behind())).status).toBe(201)
  })

  it('takes what its own limit allows, whatever the framework thinks of it', async () => {
    const roomy = await adapter.start(4_000_000)
    const title = 'x'.repeat(3_000_000)
    const response = await roomy.send('/Users', { method: 'POST', body: userText('ada', { title }) })
    expect((await response.json()).title).toBe(title)
    await roomy.close()
  })

  it('reads the body of a group with many members', async () => {
    const users = await Promise.all(Array.from({ length: 100 }, async () => (await createUser(behind())).json()))
    const members = users.map(({ id }) => ({ value: id }))
    const body = JSON.stringify({ schemas: [urns.group], displayName: newName(), members })
    const response = await behind().send('/Groups', { method: 'POST', body })
    expect((await response.json()).members).toHaveLength(100)
  })
}

/** A parser in front refuses what it cannot read, and has a limit of its own. */
function unparsedCases(behind: () => Behind): void {
  const broken: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[] = [
    ['an empty body', ''],
    ['half a body', '{"userName":'],
    ['text', 'userName=ada'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])],
    ['what is nested too deeply', '['.repeat(5_000)],
  ]
  it.each(broken)('answers %s with 400 invalidSyntax', async (_, body) => {
    const headers = { 'content-type': 'application/scim+json' }
    const response = await behind().send('/Users', { method: 'POST', body, headers })
    expect([response.status, (await response.json()).scimType]).toEqual([400, 'invalidSyntax'])
  })

  it('refuses another character set with 415', async () => {
    const headers = { 'content-type': 'application/json; charset=iso-8859-1' }
    expect((await createUser(behind(), undefined, { headers })).status).toBe(415)
  })

  it('refuses a compressed body with 415', async () => {
    const body = new Uint8Array(gzipSync(userText(newName())))
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/scim+json' }
    expect((await behind().send('/Users', { method: 'POST', body, headers })).status).toBe(415)
  })

  it('takes a body as large as the limit, and refuses a byte more', async () => {
    const rest = userText(newName(), { title: '' }).length
    const body = userText(newName(), { title: 'x'.repeat(maxBodyBytes - rest) })
    expect((await behind().send('/Users', { method: 'POST', body: body.slice(0, maxBodyBytes) })).status).toBe(201)
    const more = await behind().send('/Users', {
      method: 'POST',
      body: `${userText(newName())}${' '.repeat(maxBodyBytes)}`,
    })
    expect([more.status, (await more.json()).status]).toEqual([413, '413'])
  })

  it('refuses while it reads, where no length is announced', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 1))
        sent += 4_096
        controller.enqueue(new Uint8Array(4_096).fill(32))
        if (sent > 50 * maxBodyBytes) controller.error(new Error('no one stopped the sender'))
      },
    })
    const init: Init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/scim+json' } }
    const response = await behind().send('/Users', init)
    expect([response.status, (await response.json()).status]).toEqual([413, '413'])
    expect((await createUser(behind())).status).toBe(201)
  })
}
