import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createSqlStore, openSqlite } from '../src/index.js'
import { groups, users } from './store-data.js'

/** What the store has acknowledged so far. */
interface Journal {
  /** Version of each user. */
  readonly users: Map<string, number>
  readonly members: Set<string>
}

/** How many rounds, and how they are drawn. */
export interface CrashOptions {
  readonly kills: number
  /** Integer that decides at which lines and how long after them processes are killed. */
  readonly seed: number
}

/** What the rounds have found. */
export interface CrashReport {
  readonly kills: number
  readonly acknowledged: number
}

/**
 * Starts a writing process again and again, kills it with SIGKILL at a random moment, and checks after each kill that
 * every acknowledged write is there and none is there in part.
 *
 * @param file Database file.
 * @param options Number of rounds, and the seed of their random numbers.
 * @throws {Error} At the first thing that is missing or torn, with the seed and the round.
 */
export async function runCrashRounds(file: string, { kills, seed }: CrashOptions): Promise<CrashReport> {
  process.stdout.write(`crash rounds: seed ${seed}\n`)
  const random = createRandom(seed)
  const journal: Journal = { users: new Map(), members: new Set() }
  for (let round = 0; round < kills; round++) {
    try {
      await writeUntilKilled(file, { round, lines: random(60), delay: random(10) }, journal)
      await checkDatabase(file, journal)
    } catch (cause) {
      throw new Error(`Round ${round} of seed ${seed}: ${(cause as Error).message}`, { cause })
    }
  }
  return { kills, acknowledged: [...journal.users.values()].reduce((sum, version) => sum + version, 0) }
}

/** Numbers that look random and are the same for the same seed. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** When a round ends: a time behind a line. */
interface CrashRound {
  readonly round: number
  readonly lines: number
  /** Milliseconds. */
  readonly delay: number
}

async function writeUntilKilled(file: string, crash: CrashRound, journal: Journal): Promise<void> {
  const writer = fileURLToPath(new URL('crash-writer.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--conditions=@scimkit/source', '--import', 'tsx', writer, file, String(crash.round)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const closed = once(lines, 'close')
  let left = crash.lines
  lines.on('line', (line) => {
    const [kind, id = '', version] = line.split(' ')
    if (left-- === 0) void delay(crash.delay).then(() => child.kill('SIGKILL'))
    if (kind === 'user') journal.users.set(id, Number(version))
    if (kind === 'member') journal.members.add(id)
  })
  const [, signal] = await ended
  if (signal !== 'SIGKILL') throw new Error('The writer ended by itself')
  await closed
}

async function checkDatabase(file: string, journal: Journal): Promise<void> {
  const database = openSqlite(file)
  try {
    const store = createSqlStore({ database })
    for (const [id, version] of journal.users) {
      const stored = await store.get(users, id)
      if (!stored) throw new Error(`${id} was acknowledged and is gone`)
      const found = Number(stored.meta.version)
      if (found < version) throw new Error(`${id} was acknowledged as version ${version} and is ${found}`)
      const whole = (found < 2 || stored.title === `title of ${id}`) && (found < 3 || stored.externalId === id)
      if (!whole) throw new Error(`${id} is torn`)
      const isMember = (await store.members.has(groups, 'g', [id])).has(id)
      if (isMember !== found >= 3) throw new Error(`The transaction of ${id} was done by half`)
    }
    for (const id of journal.members) {
      if (!journal.users.has(id)) throw new Error(`The journal is wrong about ${id}`)
    }
    const group = await store.get(groups, 'g')
    const count = await store.members.count(groups, 'g')
    if (Number(group?.meta.version) !== count + 1) throw new Error('The version of the group does not fit its members')
    checkTables(database.reader)
  } finally {
    database.close()
  }
}

function checkTables(reader: ReturnType<typeof openSqlite>['reader']): void {
  const faults: readonly (readonly [string, string])[] = [
    [
      'the total',
      'SELECT 1 FROM scopes WHERE total <> (SELECT count(*) FROM resources WHERE resources.scope = scopes.scope)',
    ],
    ['a unique value', 'SELECT 1 FROM unique_values WHERE resource NOT IN (SELECT resource FROM resources)'],
    ['an indexed value', 'SELECT 1 FROM indexed_values WHERE resource NOT IN (SELECT resource FROM resources)'],
    [
      'a userName without its unique value',
      `SELECT 1 FROM resources WHERE document ->> '$.userName' IS NOT NULL AND resource NOT IN (SELECT resource FROM unique_values)`,
    ],
    ['a reference', 'SELECT 1 FROM pragma_foreign_key_check'],
    ['the file', "SELECT 1 FROM pragma_integrity_check WHERE integrity_check <> 'ok'"],
  ]
  for (const [what, text] of faults) {
    if (reader.statement(text).get()) throw new Error(`${what} is wrong`)
  }
}
