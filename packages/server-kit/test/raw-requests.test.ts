import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { userResource } from '@scimkit/core'
import { afterEach, describe, expect, it } from 'vitest'
import { bearerToken, createScimHandler, memoryStore, mount, type ScimHandler } from '../src/index.js'
import { toNodeListener } from '../src/node.js'

const token = 'token-of-sixteen-characters'
const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

const adapters: readonly { readonly name: string; readonly wrap: (handler: ScimHandler) => ScimHandler }[] = [
  { name: 'directly', wrap: (handler) => handler },
  { name: 'through a wrapped fetch', wrap: (handler) => ({ fetch: (request) => handler.fetch(request) }) },
]

/** Requests that no client library would send. */
describe.each(adapters)('$name', ({ wrap }) => {
  const send = async (...lines: readonly string[]): Promise<string> => {
    const handler = createScimHandler({
      basePath: '/scim/v2',
      resources: [mount(userResource, memoryStore())],
      authenticate: bearerToken(token),
    })
    const server = createServer(toNodeListener(wrap(handler)))
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1') // a TCP server has a port
    socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`)
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    return text
  }
  const authorization = `Authorization: Bearer ${token}`

  it('SC-10: two Authorization headers are 401, also when they agree', async () => {
    expect(await send('GET /scim/v2/Users HTTP/1.1', 'Host: x', authorization)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await send('GET /scim/v2/Users HTTP/1.1', 'Host: x', authorization, authorization)).toMatch(
      /^HTTP\/1\.1 401 /,
    )
    expect(await send('GET /scim/v2/Users HTTP/1.1', 'Host: x', authorization, 'authorization: Bearer x')).toMatch(
      /^HTTP\/1\.1 401 /,
    )
  })

  it('dot segments are resolved before the path is read', async () => {
    expect(await send('GET /scim/v2/Users/../Schemas HTTP/1.1', 'Host: x', authorization)).toContain('ListResponse')
    expect(await send('GET /scim/v2/../../etc/passwd HTTP/1.1', 'Host: x', authorization)).toMatch(/^HTTP\/1\.1 404 /)
  })

  it('EP-12: encoded dots are not an id, and lead at most to where the dots themselves would', async () => {
    for (const dots of ['%2e%2e', '%2E%2e', '.%2e', '%2e.']) {
      const gone = await send(`DELETE /scim/v2/Users/${dots} HTTP/1.1`, 'Host: x', authorization)
      expect(gone).toMatch(/^HTTP\/1\.1 40[45] /)
      const read = await send(`GET /scim/v2/Users/${dots}/Users/x HTTP/1.1`, 'Host: x', authorization)
      expect(read).toMatch(/^HTTP\/1\.1 404 /)
    }
    for (const dots of ['%252e%252e', '..%5c..', '%2e%2e%2f']) {
      expect(await send(`GET /scim/v2/Users/${dots} HTTP/1.1`, 'Host: x', authorization)).toMatch(/^HTTP\/1\.1 404 /)
    }
  })

  it('a request target may be a whole URL', async () => {
    expect(await send('GET http://proxy.example/scim/v2/Users HTTP/1.1', 'Host: x', authorization)).toMatch(
      /^HTTP\/1\.1 200 /,
    )
  })

  it('MT-4: a Host that is not a host is not written into locations', async () => {
    const answer = await send('GET /scim/v2/ServiceProviderConfig HTTP/1.1', 'Host: x"><script>', 'Accept: */*')
    expect(answer).not.toContain('<script')
  })

  it('a length and a transfer encoding together are refused', async () => {
    const answer = await send(
      'POST /scim/v2/Users HTTP/1.1',
      'Host: x',
      authorization,
      'Content-Length: 5',
      'Transfer-Encoding: chunked',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })
})
