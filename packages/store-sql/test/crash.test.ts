import { expect, it } from 'vitest'
import { runCrashRounds } from './crash-rounds.js'
import { testFolder } from './test-store.js'

it('no acknowledged write is lost and none is torn when the process is killed at random moments', async () => {
  // Every run draws other moments; with the seed that it prints a failure comes again: `npm run crash -- 10 <seed>`.
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)
  const report = await runCrashRounds(`${testFolder()}/scim.db`, { kills: 10, seed })
  expect(report.kills).toBe(10)
  expect(report.acknowledged).toBeGreaterThan(50)
}, 120_000)
