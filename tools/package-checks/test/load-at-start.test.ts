import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'

const consumer = inject('consumer')

/** A service provider that sees no file any more once it has started, for as long as its requests last. */
const program = `
import { closeSync, openSync, renameSync } from 'node:fs'
import { groupResource, urns, userResource } from '@scimkit/core'
import { createScimHandler, memoryStore, mount } from '@scimkit/server-kit'

const store = memoryStore()
const resources = [mount(userResource, store), mount(groupResource, store)]
const options = { basePath: '/scim/v2', resources, createId: () => 'ada', hooks: { before: { provision() {} } } }
const handler = createScimHandler({ ...options, authenticate: () => ({ subject: 'test', userId: 'ada', scopes: ['scim'] }) })
await new Promise((resolve) => setTimeout(resolve, 1500))

const held = []
const folder = new URL('node_modules/@scimkit', import.meta.url)
const take = {
  files: () => renameSync(folder, new URL('gone', import.meta.url)),
  descriptors() {
    try {
      for (;;) held.push(openSync('/dev/null'))
    } catch {}
  },
}
take[process.argv[2]]()
const statuses = []
async function send(method, path, body) {
  const init = { method, headers: { 'content-type': 'application/scim+json' }, body: body && JSON.stringify(body) }
  const response = await handler.fetch(new Request('https://scim.example.com/scim/v2' + path, init))
  await response.text()
  statuses.push(response.status)
}
const user = { schemas: [urns.user], userName: 'ada' }
const search = { schemas: [urns.searchRequest], filter: 'userName pr' }
const patch = { schemas: [urns.patchOp], Operations: [{ op: 'add', path: 'title', value: 'Dr' }] }
await send('POST', '/Users', user)
await send('PUT', '/Users/ada', user)
await send('PATCH', '/Users/ada', patch)
await send('GET', '/Users?filter=userName%20eq%20%22ada%22&sortBy=title')
await send('GET', '/Users?cursor')
await send('POST', '/Users/.search', search)
await send('POST', '/.search', search)
await send('GET', '/Me')
await send('GET', '/Schemas')
await send('GET', '/ResourceTypes')
await send('GET', '/ServiceProviderConfig')
await send('POST', '/Bulk', { schemas: [urns.bulkRequest], Operations: [{ method: 'PATCH', path: '/Users/ada', data: patch }] })
await send('DELETE', '/Users/ada')
for (const descriptor of held) closeSync(descriptor)
console.log(statuses.join())
`

it.each(['descriptors', 'files'])('a server without %s for a moment answers every kind of request', (lacking) => {
  const folder = join(consumer, `without-${lacking}`)
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  cpSync(join(consumer, 'node_modules/@scimkit'), join(folder, 'node_modules/@scimkit'), { recursive: true })
  writeFileSync(join(folder, 'program.mjs'), program)
  const command = `ulimit -n 256; exec "${process.execPath}" program.mjs ${lacking}`
  const statuses = execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
  expect(statuses.trim()).toBe('201,200,200,200,200,200,200,200,200,200,200,200,204')
})
