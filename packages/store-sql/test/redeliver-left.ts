import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { groupResource, userResource } from '@scimkit/core'
import { createScimHandler, mount } from '@scimkit/server-kit'
import { createSqlStore, openSqlite } from '../src/index.js'

// Delivers what is left in the file of the first argument, once a line comes on standard input. Each delivered change is a line
// on standard output, before its hook waits for as many milliseconds as the second argument says. The third argument is
// the time limit of a hook, the fourth takes the clock back by so many milliseconds.
const [file = '', wait = '0', hookTimeout = '30000', back = '0'] = process.argv.slice(2)
const realNow = Date.now
Date.now = () => realNow() - Number(back)
const store = createSqlStore({ database: openSqlite(file) })
const scim = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(userResource, store), mount(groupResource, store)],
  authenticate: () => ({ subject: 'test' }),
  limits: { hookTimeout: Number(hookTimeout) },
  onError: () => undefined,
  hooks: {
    after: {
      provision: async ({ after }) => {
        writeSync(1, `hook ${after.userName}\n`)
        await delay(Number(wait))
      },
    },
  },
})
writeSync(1, 'ready\n')
await once(createInterface({ input: process.stdin }), 'line')
const { delivered } = await scim.redeliver()
writeSync(1, `delivered ${delivered}\n`)
process.exit(0)
