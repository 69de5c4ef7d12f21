import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { urns } from '@scimkit/core/schema'
import { buildSync } from 'esbuild'
import { median, report } from './measure.js'
import { smallUser, token } from './server/contestants.js'
import type { Ready } from './server/counted-process.js'
import type { InProcess } from './server/in-process.js'

/**
 * The handler beside its floor and beside scimmy-routers: CPU time of the server's process for each request over HTTP,
 * and of this process for what needs no socket. Contestants take turns, so that a busy machine slows all alike.
 */
const rounds = 9
const requestsPerRound = 2_000
const connections = 16
const bulkOperations = 1_000

const folder = mkdtempSync(join(tmpdir(), 'scimkit-benchmark-'))
const agent = new Agent({ keepAlive: true, maxSockets: connections })
let created = 0

/** What member-stream.ts sends. */
interface MemberStream {
  readonly alone: number
  readonly encoded: number
  readonly firstByte: number
  readonly heap: number
}

interface Shot {
  /** Process whose CPU time is counted. */
  readonly server: ChildProcess
  readonly port: number | undefined
  readonly method: string
  readonly path: string
  readonly body?: () => string
  /** Requests of a round. */
  readonly times?: number
}

const scimkit = start('listen.ts')
const [{ id, ports }] = (await once(scimkit, 'message')) as [Ready]
const scimmy = start('peer.ts')
const [peer] = (await once(scimmy, 'message')) as [Ready]
const [get, echo, list, ours] = ports
const [peerListed, peerCreated] = peer.ports

const createUser = (): object => smallUser(`user-${created++}@example.com`)
const post = (): string => JSON.stringify(createUser())
const bulk = (): string => {
  const operation = (_: unknown, n: number) => ({ method: 'POST', path: '/Users', bulkId: `b${n}`, data: createUser() })
  const Operations = Array.from({ length: bulkOperations }, operation)
  return JSON.stringify({ schemas: [urns.bulkRequest], Operations })
}

const listing = { method: 'GET', path: '/scim/v2/Users?count=100', times: 500 }
const creating = { method: 'POST', path: '/scim/v2/Users', body: post }
const shots = {
  bareGet: { server: scimkit, port: get, method: 'GET', path: `/scim/v2/Users/${id}` },
  ourGet: { server: scimkit, port: ours, method: 'GET', path: `/scim/v2/Users/${id}` },
  peerGet: { server: scimmy, port: peerListed, method: 'GET', path: `/scim/v2/Users/${peer.id}`, times: 500 },
  bareList: { server: scimkit, port: list, ...listing },
  ourList: { server: scimkit, port: ours, ...listing },
  peerList: { server: scimmy, port: peerListed, ...listing, times: 20 },
  bareEcho: { server: scimkit, port: echo, ...creating },
  ourPost: { server: scimkit, port: ours, ...creating },
  peerPost: { server: scimmy, port: peerCreated, ...creating, times: 500 },
  ourBulk: { server: scimkit, port: ours, method: 'POST', path: '/scim/v2/Bulk', body: bulk, times: 2 },
} satisfies Record<string, Shot>

const costs = await measureShots(shots)
scimkit.disconnect()
scimmy.disconnect()
agent.destroy()
const inProcess = await runToEnd<InProcess>('in-process.ts')
const inOrder = await runToEnd<MemberStream>('member-stream.ts', 'ordered')
const scattered = await runToEnd<MemberStream>('member-stream.ts', 'random')
rmSync(folder, { recursive: true })

report('server', [
  { what: 'bare GET, CPU-µs per request', figure: costs.bareGet },
  atMost('GET by id × bare', costs.ourGet / costs.bareGet, 1.5),
  atMost('GET by id × scimmy-routers', costs.ourGet / costs.peerGet, 0.25),
  { what: 'bare parse and echo, CPU-µs per request', figure: costs.bareEcho },
  atMost('POST × bare parse and echo', costs.ourPost / costs.bareEcho, 2),
  atMost('POST × scimmy-routers', costs.ourPost / costs.peerPost, 0.25),
  { what: 'list of 100 over HTTP × bare JSON.stringify over HTTP', figure: costs.ourList / costs.bareList },
  atMost('list of 100 × scimmy-routers', costs.ourList / costs.peerList, 0.25),
  atMost('list of 100 through fetch × JSON.stringify alone', inProcess.listing, 1.5),
  { what: 'the same, each resource for the first time', figure: inProcess.firstListing },
  atMost('operation of a bulk of 1,000 × POST', costs.ourBulk / bulkOperations / costs.ourPost, 0.35),
  { what: 'PATCH of one member, 1,000 members, CPU-µs', figure: inProcess.small },
  atMost('the same at 100,000 × at 1,000', inProcess.large / inProcess.small, 1.3),
  atMost('stream of 100,000 members, ids in order × JSON.stringify and encoding', inOrder.encoded, 1.3),
  { what: 'the same × JSON.stringify alone', figure: inOrder.alone },
  { what: 'the same, random ids × JSON.stringify and encoding', figure: scattered.encoded },
  atMost('the same, memory held above idle, MB', Math.max(inOrder.heap, scattered.heap) / 1_048_576, 8),
  atMost('the same, first byte, ms', inOrder.firstByte, 5),
])

function atMost(what: string, figure: number, most: number): Parameters<typeof report>[1][number] {
  return { what, figure, goal: `≤ ${most}`, holds: figure <= most }
}

/** @returns CPU-µs of a request, the median of all rounds. */
async function measureShots<N extends string>(shots: Readonly<Record<N, Shot>>): Promise<Record<N, number>> {
  const entries = Object.entries<Shot>(shots)
  const costs = new Map(entries.map(([name]) => [name, [] as number[]]))
  for (let round = -6; round < rounds; round++) {
    for (const [name, shot] of entries) {
      const { server, times = requestsPerRound } = shot
      const before = await cpuOf(server)
      await fire(shot, times)
      if (round >= 0) costs.get(name)?.push(((await cpuOf(server)) - before) / times)
    }
  }
  return Object.fromEntries([...costs].map(([name, all]) => [name, median(all)])) as Record<N, number> // names of the shots
}

async function cpuOf(process: ChildProcess): Promise<number> {
  process.send('cpu')
  const [{ cpu }] = (await once(process, 'message')) as [{ cpu: number }] // sent by serveCounted
  return cpu
}

async function fire(shot: Shot, times: number): Promise<void> {
  let left = times
  const shooter = async (): Promise<void> => {
    while (left-- > 0) await shoot(shot)
  }
  await Promise.all(Array.from({ length: connections }, shooter))
}

function shoot({ port, method, path, body }: Shot): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
    const sent = request({ agent, port, method, path, headers, host: '127.0.0.1' }, (response) => {
      if ((response.statusCode ?? 500) >= 300) reject(new Error(`${method} was answered ${response.statusCode}`))
      response.resume().on('end', resolve)
    })
    sent.on('error', reject)
    sent.end(body?.())
  })
}

/** The sources as an application would bundle them: what runs TypeScript in development slows every closure down. */
function start(program: string, ...parameters: string[]): ChildProcess {
  const outfile = join(folder, program.replace('.ts', '.mjs'))
  buildSync({
    entryPoints: [join(import.meta.dirname, 'server', program)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@scimkit/source'],
    // Express is CommonJS and requires modules of Node.
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)` },
  })
  return fork(outfile, parameters, { env: { ...process.env, NODE_ENV: 'production' }, execArgv: ['--expose-gc'] })
}

async function runToEnd<Figures>(program: string, ...parameters: string[]): Promise<Figures> {
  const [figures] = (await once(start(program, ...parameters), 'message')) as [Figures] // sent by the program
  return figures
}
