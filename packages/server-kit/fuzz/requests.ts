import { tryRequests } from '../test/fuzz/try-requests.js'

/**
 * Sends random requests to a service provider: `tsx fuzz/requests.ts [requests] [seed]`, 100,000 unless told, a tenth of
 * them over a socket. Prints the seed, so that a run can be repeated; status 1 with the smallest request that is wrong.
 */
const [requests = 100_000, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2).map(Number)

const parts = [
  { transport: 'web handler', count: Math.ceil(requests * 0.9) },
  { transport: 'Node server', count: Math.floor(requests * 0.1) },
] as const
console.log(`${requests.toLocaleString('en')} random requests, seed ${seed}`)
for (const { transport, count } of parts) {
  const started = performance.now()
  const { statuses, faults } = await tryRequests(transport, count, seed)
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  const answers = [...statuses].sort(([left], [right]) => left - right).map(([status, times]) => `${status} × ${times}`)
  console.log(`${faults.length > 0 ? 'BROKEN' : 'holds '}  ${transport} (${seconds} s): ${answers.join(', ')}`)
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
}
