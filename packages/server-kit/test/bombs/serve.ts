import { groupResource, userResource } from '@scimkit/core'
import { bearerToken, createScimHandler, memoryStore, mount } from '../../src/index.js'
import { listen } from '../../src/node.js'

/**
 * A service provider in a process of its own, which tells what memory it holds: `{ port }` once, and for every message
 * `{ held, resident }`, bytes, the first after a collection.
 */
const store = memoryStore()
const server = await listen(
  createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store), mount(groupResource, store)],
    authenticate: bearerToken('a-token-of-at-least-32-characters'),
  }),
)
let peak = process.memoryUsage().rss
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 5).unref()

process.on('message', async () => {
  // Memory outside of the heap is given back only after its owners were collected.
  for (let n = 0; n < 3; n++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const { heapUsed, external } = process.memoryUsage()
  process.send?.({ held: heapUsed + external, peak })
  peak = process.memoryUsage().rss
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port: server.port })
