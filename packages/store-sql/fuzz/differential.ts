import { compareStores } from '../test/differential/compare-stores.js'

/**
 * Compares the memory store with SQLite on random sequences of requests: `tsx fuzz/differential.ts [sequences] [seed]`,
 * 10,000 sequences for each base unless told. Prints the seed, so that a run can be repeated; status 1 with the smallest
 * sequence that is answered differently.
 */
const [runs = 10_000, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2).map(Number)

console.log(`${runs.toLocaleString('en')} random sequences for each base, seed ${seed}`)
for (const base of ['strict', 'interop', 'lenient'] as const) {
  const { fault, requests, statuses } = await compareStores(base, runs, seed)
  const answers = [...statuses].sort(([left], [right]) => left - right).map(([status, times]) => `${status} × ${times}`)
  console.log(`${fault === undefined ? 'holds ' : 'BROKEN'}  ${base}, ${requests} requests: ${answers.join(', ')}`)
  if (fault === undefined) continue
  console.error(fault)
  process.exitCode = 1
}
