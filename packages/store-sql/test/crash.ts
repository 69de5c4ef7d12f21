import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCrashRounds } from './crash-rounds.js'

// The long form of crash.test.ts: `npm run crash -- 1000 [seed]`.
const folder = mkdtempSync(join(tmpdir(), 'store-sql-crash-'))
try {
  const [kills = 200, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
  const { acknowledged } = await runCrashRounds(join(folder, 'scim.db'), { kills, seed })
  process.stdout.write(`${kills} kills, ${acknowledged} acknowledged versions, nothing lost\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
