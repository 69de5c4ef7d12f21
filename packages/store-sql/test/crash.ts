import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCrashRounds } from './crash-rounds.js'

// The long form of crash.test.ts: `npm run crash -- 1000`.
const folder = mkdtempSync(join(tmpdir(), 'store-sql-crash-'))
try {
  const { kills, acknowledged } = await runCrashRounds(join(folder, 'scim.db'), Number(process.argv[2] ?? 200))
  process.stdout.write(`${kills} kills, ${acknowledged} acknowledged versions, nothing lost\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
