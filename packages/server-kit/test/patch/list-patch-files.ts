// Prints, as JSON, the source files of server-kit that one PATCH runs through before the store gets the changed resource.
import { Session } from 'node:inspector/promises'
import { userResource } from '@scimkit/core'
import { createScimHandler, memoryStore, mount } from '@scimkit/server-kit'

const session = new Session()
const memory = memoryStore()
let crossed: readonly string[] | undefined

const store: typeof memory = {
  ...memory,
  async replace(context, current, next) {
    crossed ??= await filesRun()
    return memory.replace(context, current, next)
  },
}
const scim = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(userResource, store)],
  authenticate: () => ({ subject: 'reader' }),
})

const created = await send('POST', '/Users', {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'ada',
  emails: [{ type: 'work', value: 'ada@example.com' }],
})
const { id } = await created.json()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
await filesRun()
const patched = await send('PATCH', `/Users/${id}`, {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [
    { op: 'replace', path: 'name.familyName', value: 'King' },
    { op: 'add', path: 'emails', value: [{ type: 'home', value: 'king@example.com' }] },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada@example.org' },
  ],
})
console.log(JSON.stringify({ status: patched.status, files: crossed ?? [] }))

/** Files with a named function that ran since the last call, those of the store left out. What a module does on load has no name. */
async function filesRun(): Promise<readonly string[]> {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  return result
    .filter(({ functions }) => functions.some((one) => one.functionName !== '' && (one.ranges[0]?.count ?? 0) > 0))
    .flatMap(({ url }) => url.split('/server-kit/src/')[1]?.split('?')[0] ?? [])
    .filter((file) => !file.startsWith('memory/'))
    .sort()
}

function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/scim+json' }
  return scim.fetch(new Request(`https://example.com/scim/v2${path}`, { method, headers, body: JSON.stringify(body) }))
}
