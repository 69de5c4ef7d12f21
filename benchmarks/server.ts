import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { median, report } from './measure.js'
import { smallUser, token } from './server/contestants.js'

/**
 * The handler beside its floor: CPU time of the server's process for each request over HTTP, and of this process for
 * what needs no socket. Contestants take turns, so that a busy machine slows all alike.
 */
const rounds = 9
const requestsPerRound = 2_000
const connections = 16

const folder = mkdtempSync(join(tmpdir(), 'scimkit-benchmark-'))
const agent = new Agent({ keepAlive: true, maxSockets: connections })
let created = 0

/** What in-process.ts sends. */
interface InProcess {
  readonly listing: number
  readonly small: number
  readonly large: number
}

/** What member-stream.ts sends. */
interface MemberStream {
  readonly alone: number
  readonly encoded: number
  readonly firstByte: number
  readonly heap: number
}

interface Shot {
  readonly port: number
  readonly method: string
  readonly path: string
  readonly body?: () => string
}

const child = start('listen.ts')
const [{ id, ports }] = (await once(child, 'message')) as [{ id: string; ports: [number, number, number, number] }] // sent by listen.ts
const [get, echo, list, ours] = ports
const post = (): string => JSON.stringify(smallUser(`user-${created++}@example.com`))
const shots: readonly Shot[] = [
  { port: get, method: 'GET', path: `/scim/v2/Users/${id}` },
  { port: ours, method: 'GET', path: `/scim/v2/Users/${id}` },
  { port: list, method: 'GET', path: '/scim/v2/Users?count=100' },
  { port: ours, method: 'GET', path: '/scim/v2/Users?count=100' },
  { port: echo, method: 'POST', path: '/scim/v2/Users', body: post },
  { port: ours, method: 'POST', path: '/scim/v2/Users', body: post },
]
const costs = shots.map(() => [] as number[])
for (let round = -6; round < rounds; round++) {
  for (const [index, shot] of shots.entries()) {
    const before = await cpuOf(child)
    await fire(shot)
    if (round >= 0) costs[index]?.push(((await cpuOf(child)) - before) / requestsPerRound)
  }
}
child.disconnect()
agent.destroy()
const [bareGet = 1, ourGet = 1, bareList = 1, ourList = 1, bareEcho = 1, ourPost = 1] = costs.map(median)

const { listing, small, large } = await runToEnd<InProcess>('in-process.ts')
const inOrder = await runToEnd<MemberStream>('member-stream.ts', 'ordered')
const scattered = await runToEnd<MemberStream>('member-stream.ts', 'random')
const heap = Math.max(inOrder.heap, scattered.heap) / 1_048_576
rmSync(folder, { recursive: true })

report('server', [
  { what: 'bare GET, CPU-µs per request', figure: bareGet },
  { what: 'GET by id × bare', figure: ourGet / bareGet, goal: '≤ 1.5', holds: ourGet / bareGet <= 1.5 },
  { what: 'bare parse and echo, CPU-µs per request', figure: bareEcho },
  { what: 'POST × bare parse and echo', figure: ourPost / bareEcho, goal: '≤ 2.0', holds: ourPost / bareEcho <= 2 },
  { what: 'list of 100 over HTTP × bare JSON.stringify over HTTP', figure: ourList / bareList },
  { what: 'list of 100 through fetch × JSON.stringify alone', figure: listing, goal: '≤ 1.5', holds: listing <= 1.5 },
  { what: 'PATCH of one member, 1,000 members, CPU-µs', figure: small },
  { what: 'the same at 100,000 × at 1,000', figure: large / small, goal: '≤ 1.3', holds: large / small <= 1.3 },
  {
    what: 'stream of 100,000 members, ids in order × JSON.stringify and encoding',
    figure: inOrder.encoded,
    goal: '≤ 1.3',
    holds: inOrder.encoded <= 1.3,
  },
  { what: 'the same × JSON.stringify alone', figure: inOrder.alone },
  { what: 'the same, random ids × JSON.stringify and encoding', figure: scattered.encoded },
  { what: 'the same, memory held above idle, MB', figure: heap, goal: '≤ 8', holds: heap <= 8 },
  { what: 'the same, first byte, ms', figure: inOrder.firstByte, goal: '≤ 5', holds: inOrder.firstByte <= 5 },
])

async function cpuOf(process: ChildProcess): Promise<number> {
  process.send('cpu')
  const [{ cpu }] = (await once(process, 'message')) as [{ cpu: number }] // sent by listen.ts
  return cpu
}

async function fire(shot: Shot): Promise<void> {
  let left = requestsPerRound
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
  })
  return fork(outfile, parameters, { env: { ...process.env, NODE_ENV: 'production' }, execArgv: ['--expose-gc'] })
}

async function runToEnd<Figures>(program: string, ...parameters: string[]): Promise<Figures> {
  const [figures] = await once(start(program, ...parameters), 'message')
  return figures
}
