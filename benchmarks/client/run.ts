import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { report } from '../measure.js'
import type { Ready } from '../server/counted-process.js'
import type { Memory, Synced } from './sync.js'

/**
 * Synchronises a directory with our service provider over loopback, each in a process of its own: what the client costs
 * beside the server, what it keeps in memory, and what a second sync sends when nothing has changed.
 */
const users = Number(process.env.SCIMKIT_BENCH_USERS ?? 100_000)

const folder = mkdtempSync(join(tmpdir(), 'scimkit-benchmark-'))
const server = start('serve.ts')
const [{ ports }] = (await once(server, 'message')) as [Ready] // sent by serveCounted
let client = start('sync.ts', String(ports[0]), String(users))

const warm = await cpuOf(server)
const first = await ask<Synced>('create')
const served = (await cpuOf(server)) - warm
const again = await ask<Synced>('again')
const { megabytes } = await ask<Memory>('memory')
client.disconnect()

client = start('sync.ts', String(ports[0]), String(users))
const before = await cpuOf(server)
const bulk = await ask<Synced>('bulk')
const servedInBulk = (await cpuOf(server)) - before
client.disconnect()
server.disconnect()
rmSync(folder, { recursive: true })

report('client', [
  { what: 'users', figure: first.writes },
  { what: 'create, CPU-µs of the client', figure: first.cpu / users },
  { what: 'create, CPU-µs of the server', figure: served / users },
  { what: 'create one by one, client × server', figure: first.cpu / served },
  { what: 'create in bulk, CPU-µs of the client', figure: bulk.cpu / users },
  { what: 'create in bulk, CPU-µs of the server', figure: servedInBulk / users },
  atMost('create in bulk, client × server', bulk.cpu / servedInBulk, 0.5),
  atMost('memory of the client, MB', megabytes, 150),
  atMost('requests of a second sync without changes × users', again.requests / users, 0.03),
  { what: 'writes of that sync', figure: again.writes, goal: '0', holds: again.writes === 0 },
])

function atMost(what: string, figure: number, most: number): Parameters<typeof report>[1][number] {
  return { what, figure, goal: `≤ ${most}`, holds: figure <= most }
}

function start(program: string, ...args: string[]): ChildProcess {
  const outfile = join(folder, program.replace('.ts', '.mjs'))
  buildSync({
    entryPoints: [join(import.meta.dirname, program)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@scimkit/source'],
  })
  return fork(outfile, args, { execArgv: [] })
}

async function ask<T>(phase: string): Promise<T> {
  client.send(phase)
  const [answer] = (await once(client, 'message')) as [T] // sent by sync.ts
  return answer
}

async function cpuOf(process: ChildProcess): Promise<number> {
  process.send('cpu')
  const [{ cpu }] = (await once(process, 'message')) as [{ cpu: number }] // sent by serveCounted
  return cpu
}
