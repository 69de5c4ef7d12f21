import { expect, it } from 'vitest'
import { runCrashRounds } from './crash-rounds.js'
import { testFolder } from './test-store.js'

it('nothing acknowledged is lost and nothing is torn when the process is killed at random moments', async () => {
  const report = await runCrashRounds(`${testFolder()}/scim.db`, 10)
  expect(report.kills).toBe(10)
  expect(report.acknowledged).toBeGreaterThan(50)
}, 120_000)
