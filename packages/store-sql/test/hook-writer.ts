import { appendFileSync, writeSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { groupResource, userResource } from '@scimkit/core'
import { createScimHandler, mount } from '@scimkit/server-kit'
import { createSqlStore, openSqlite } from '../src/index.js'

// Changes five users in the file of the first argument, delivers what is left, and appends each delivered change to the file of
// the second argument, until it is killed.
const [file = '', log = ''] = process.argv.slice(2)
const store = createSqlStore({ database: openSqlite(file, { durability: 'normal' }) })
const tell = async ({ id, sequence }: { readonly id: string; readonly sequence: number }): Promise<void> => {
  appendFileSync(log, `${id} ${sequence}\n`)
  await delay(sequence % 7)
  if (sequence % 5 === 0 && Math.floor(performance.now()) % 2) throw new Error('on purpose')
}
const scim = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(userResource, store), mount(groupResource, store)],
  authenticate: () => ({ subject: 'test' }),
  limits: { hookTimeout: 300, afterHookWait: 20, maxHookAttempts: 1_000 },
  onError: () => undefined,
  hooks: { after: { provision: tell, update: tell } },
})
const send = (method: string, path: string, body: object) => {
  const headers = { 'content-type': 'application/scim+json' }
  return scim.fetch(new Request(`http://localhost/scim/v2${path}`, { method, headers, body: JSON.stringify(body) }))
}

/** Ids of the users, which the first process creates. */
async function findUsers(): Promise<readonly string[]> {
  for (let at = 0; at < 5; at++) {
    await send('POST', '/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: `u${at}` })
  }
  const answer = await scim.fetch(new Request('http://localhost/scim/v2/Users'))
  return (await answer.json()).Resources.map(({ id }: { id: string }) => id)
}

async function change(id: string): Promise<never> {
  for (let at = 0; ; at++) {
    const operation = { op: 'replace', path: 'title', value: `${process.pid} ${at}` }
    await send('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [operation],
    })
  }
}

async function redeliver(): Promise<never> {
  for (;;) {
    await scim.redeliver()
    await delay(20)
  }
}

const users = await findUsers()
writeSync(1, 'ready\n')
await Promise.all([...users.map(change), redeliver()])
