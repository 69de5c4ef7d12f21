import { describe, expect, it } from 'vitest'
import { drivers, runOn } from './on-both-drivers.js'
import type { PlanReport } from './query-plans.js'

describe('the plan of every statement that requests run', () => {
  it.each(drivers)(
    'reads no table, tenant or type as a whole on %s, whatever the size and with statistics of any size',
    (driver) => {
      const report = runOn(driver, 'print-query-plans.ts', '0,10,100000') as PlanReport | undefined // what it prints
      if (!report) return
      expect(report.driver).toBe(driver)
      expect(report.statements).toBeGreaterThan(40)
      expect(report.faults).toEqual([])
    },
    120_000,
  )
})
