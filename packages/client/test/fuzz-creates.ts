// Creates many users under faults and prints what came of it: fuzz-creates.ts [count] [seed]
import { createUnderFaults } from './create-under-faults.js'

const count = Number(process.argv[2] ?? 100_000)
const seed = Number(process.argv[3] ?? 1)
const began = performance.now()
const report = await createUnderFaults(count, seed, 0.1)
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log({ count, seed, seconds, ...report, ratio: report.requests / report.needed })
if (report.lost + report.twice + report.rejected > 0 || report.requests > 1.05 * report.needed) process.exitCode = 1
