// Runs a snippet of the documentation as a program: `run-snippet.ts FILE`. Hosts below example.com are answered by a
// service provider in this process, servers listen on a free loopback port and must answer, files go to a new folder.
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { enterpriseUser, groupResource, userResource } from '@scimkit/core'
import { bearerToken, createScimHandler, memoryStore, mount } from '@scimkit/server-kit'

const file = process.argv[2]
if (file === undefined) throw new TypeError('run-snippet.ts FILE')

const token = 'documentation-token-0001'
process.env.SCIM_TOKEN = token
const folder = mkdtempSync(join(tmpdir(), 'scimkit-snippet-'))
process.chdir(folder)
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const store = memoryStore()
const provider = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
  authenticate: bearerToken(token),
})
const network = globalThis.fetch
globalThis.fetch = (input, init) => {
  const request = new Request(input, init)
  return new URL(request.url).hostname.endsWith('example.com') ? provider.fetch(request) : network(request)
}

const servers: Server[] = []
const listen = Server.prototype.listen
Server.prototype.listen = function (this: Server, ...given: unknown[]) {
  servers.push(this)
  const ready = given.find((argument) => typeof argument === 'function') as (() => void) | undefined // by its documented overloads
  return listen.call(this, { port: 0, host: '127.0.0.1' }, ready)
} as typeof listen // the overloads differ in what precedes the callback alone

await import(pathToFileURL(file).href)

for (const server of servers) {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo // listens on a port, never on a pipe
  const answer = await network(`http://127.0.0.1:${port}/scim/v2/Users`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (answer.status !== 200) throw new Error(`the server of the snippet answers ${answer.status}`)
}
process.exit(0)
