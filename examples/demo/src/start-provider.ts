import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BearerCredential } from '@scimkit/server-kit'

/** A running service provider. */
export interface RunningProvider {
  /** URL of its service root. */
  readonly baseUrl: string
  /** SQLite build that keeps its data. */
  readonly driver: string
  readonly pid: number
  /** Kills it without any warning (SIGKILL) and waits until it is gone. */
  kill(): Promise<void>
  /** Ends it gracefully (SIGTERM). @returns Its exit status. */
  stop(): Promise<number | null>
}

const program = fileURLToPath(new URL('./service-provider.ts', import.meta.url))

/**
 * Starts the service provider in a process of its own, on a free port of the loopback interface.
 *
 * @param databaseFile SQLite file; it is made when there is none.
 * @param credentials Who may come in, and to which tenant.
 * @returns The provider, once it listens.
 * @throws {Error} When it ends before it listens; what it wrote to standard error is shown.
 */
export async function startProvider(
  databaseFile: string,
  credentials: readonly BearerCredential[],
): Promise<RunningProvider> {
  const child = spawn(process.execPath, [...process.execArgv, program, databaseFile], {
    env: { ...process.env, SCIM_CREDENTIALS: JSON.stringify(credentials) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const killWithUs = () => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  void ended.then(() => process.off('exit', killWithUs))
  const [, baseUrl, driver] = await readGreeting(child, ended)
  return {
    baseUrl: baseUrl ?? '',
    driver: driver ?? '',
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      const [status] = (await ended) as [number | null] // arguments of the event `exit`
      return status
    },
  }
}

async function readGreeting(child: ChildProcess, ended: Promise<unknown>): Promise<RegExpExecArray> {
  if (!child.stdout) throw new Error('the service provider has no standard output')
  const lines = createInterface({ input: child.stdout })
  const line = await Promise.race([once(lines, 'line').then(([first]) => String(first)), ended.then(() => undefined)])
  const greeting = line === undefined ? null : /^listening on (\S+) \((\S+)\)$/.exec(line)
  if (!greeting) throw new Error(`the service provider did not start: ${line ?? `status ${child.exitCode}`}`)
  return greeting
}
