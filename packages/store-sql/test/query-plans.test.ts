import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkPlans, type PlanReport } from './query-plans.js'

const sizes = [0, 10, 100_000]

/** Asks the planner of a driver; of `node:sqlite` on the newest Node, taken from its npm package for this run alone. */
async function reportOf(driver: 'libsql' | 'node:sqlite'): Promise<PlanReport | string> {
  if (driver === 'libsql') return checkPlans(driver, sizes)
  const program = fileURLToPath(new URL('print-query-plans.ts', import.meta.url))
  const source = ['--conditions=@scimkit/source', '--import', 'tsx', program, sizes.join()]
  const { stdout, stderr } = spawnSync('npx', ['-y', '-p', 'node@24', '--', 'node', ...source], { encoding: 'utf8' })
  return stdout.startsWith('{') ? JSON.parse(stdout) : stderr
}

describe('the plan of every statement that requests run', () => {
  it.each(['libsql', 'node:sqlite'] as const)(
    'reads no table, tenant or type as a whole on %s, whatever the size and with statistics of any size',
    async (driver) => {
      const report = await reportOf(driver)
      if (typeof report === 'string') {
        if (!/npm error|ENOENT|node: not found/.test(report)) throw new Error(report)
        console.warn(`skipped: the npm package node@24 cannot be had here: ${report.split('\n')[0]}`)
        return
      }
      expect(report.driver).toBe(driver)
      expect(report.statements).toBeGreaterThan(40)
      expect(report.faults).toEqual([])
    },
    120_000,
  )
})
