import { expect, it } from 'vitest'
import { tryRequests } from './try-requests.js'

// `npm run fuzz` sends a hundred thousand.
const runs = [
  { transport: 'web handler', count: 2_500 },
  { transport: 'Node server', count: 500 },
] as const

it.each(runs)(
  '$count random requests to a $transport give no 500, no rejection, no trace, no changed built-in',
  {
    timeout: 300_000,
  },
  async ({ transport, count }) => {
    const { statuses, faults } = await tryRequests(transport, count)
    expect(faults).toEqual([])
    // Requests that are all refused for the same reason would prove nothing.
    for (const status of [200, 204, 400, 404, 405]) expect(statuses.get(status)).toBeGreaterThan(0)
  },
)
