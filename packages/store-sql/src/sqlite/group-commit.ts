import type { WriteAccess } from './create-session.js'
import { toScimError } from './database-fault.js'

/** Work that waits to be written. */
interface Job {
  run(access: WriteAccess): void
  resolve(): void
  reject(error: unknown): void
}

/** Runs work within one transaction and settles when that is committed. */
export type Atomically = (work: (access: WriteAccess) => void) => Promise<void>

/**
 * Lets writes that come together share one commit, since bringing a commit to the disk takes far longer than the write
 * itself. Each write still fails or succeeds alone, and is acknowledged only when it is on the disk.
 *
 * @param atomically Runs work within one transaction.
 * @returns A function that writes.
 */
export function createGroupCommit(atomically: Atomically): <R>(work: (access: WriteAccess) => R) => Promise<R> {
  let waiting: Job[] = []
  let scheduled = false

  async function commitWaiting(): Promise<void> {
    const failed = new Map<Job, unknown>()
    let taken: readonly Job[] = []
    const take = () => {
      taken = waiting
      waiting = []
      scheduled = false
      return taken
    }
    try {
      await atomically((access) => runJobs(access, take(), failed))
    } catch (error) {
      for (const job of taken.length > 0 ? taken : take()) job.reject(error)
      return
    }
    for (const job of taken) failed.has(job) ? job.reject(failed.get(job)) : job.resolve()
  }

  return <R>(work: (access: WriteAccess) => R) =>
    new Promise<R>((resolve, reject) => {
      let result: R
      waiting.push({
        run: (access) => {
          result = work(access)
        },
        resolve: () => resolve(result),
        reject,
      })
      // Requests that arrived in the same turn of the event loop get here before the next one begins.
      if (!scheduled) setImmediate(commitWaiting)
      scheduled = true
    })
}

function runJobs(access: WriteAccess, jobs: readonly Job[], failed: Map<Job, unknown>): void {
  const [only, ...others] = jobs
  if (only && others.length === 0) {
    only.run(access)
    return
  }
  for (const job of jobs) {
    const error = runAlone(access, job)
    if (error !== undefined) failed.set(job, error)
  }
}

/** Runs a job so that its failure takes back its own changes alone. */
function runAlone({ connection, track }: WriteAccess, job: Job): unknown {
  const changes: Parameters<WriteAccess['track']>[0][] = []
  connection.execute('SAVEPOINT job')
  try {
    job.run({ connection, track: (change) => changes.push(change) })
    connection.execute('RELEASE job')
  } catch (error) {
    try {
      connection.execute('ROLLBACK TO job; RELEASE job')
    } catch {
      throw error // a full disk has rolled back everything, so nothing of the group is left
    }
    return toScimError(error) ?? new Error('A write failed without a reason')
  }
  for (const change of changes) track(change)
  return undefined
}
