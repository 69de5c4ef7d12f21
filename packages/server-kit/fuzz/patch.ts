import fc from 'fast-check'
import { laws } from '../test/patch/laws.js'

/**
 * Tries the laws of PATCH on many random cases: `tsx fuzz/patch.ts [cases] [seed]`, 1,000,000 cases unless told.
 * Prints the seed, so that a run can be repeated; status 1 with the smallest counterexample when a law is broken.
 */
const [cases = 1_000_000, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2).map(Number)

const numRuns = Math.ceil(cases / laws.length)
console.log(`${laws.length} laws of PATCH, ${numRuns.toLocaleString('en')} cases each, seed ${seed}`)
for (const { name, property } of laws) {
  const started = performance.now()
  const result = fc.check(property, { numRuns, seed })
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(
    `${result.failed ? 'BROKEN' : 'holds '}  ${name} (${result.numRuns.toLocaleString('en')} cases, ${seconds} s)`,
  )
  if (result.failed) {
    console.error(fc.defaultReportMessage(result))
    process.exitCode = 1
  }
}
