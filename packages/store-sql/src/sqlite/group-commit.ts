import type { TrackedChange } from './change-tracker.js'
import { toScimError } from './database-fault.js'
import type { Transaction } from './sql-session.js'

/** A write that waits for the next commit. */
interface Job {
  run(transaction: Transaction): void
  resolve(): void
  reject(error: unknown): void
}

/** Runs work within one transaction and settles once that is committed. */
export type Atomically = (work: (transaction: Transaction) => void) => Promise<void>

/**
 * Lets writes that arrive together share one commit, because bringing a commit to the disk takes far longer than the
 * write itself. Each write still succeeds or fails on its own, and is acknowledged only when it is on the disk.
 *
 * @param atomically Runs work within one transaction.
 * @returns A function that writes.
 */
export function createGroupCommit(atomically: Atomically): <R>(work: (transaction: Transaction) => R) => Promise<R> {
  let waiting: Job[] = []
  let isScheduled = false

  function takeWaiting(): readonly Job[] {
    const jobs = waiting
    waiting = []
    isScheduled = false
    return jobs
  }

  async function commitWaiting(): Promise<void> {
    let jobs: readonly Job[] | undefined
    let failures: ReadonlyMap<Job, unknown> = new Map()
    try {
      // The jobs are taken when the transaction begins, so that those which arrive while it waits come along.
      await atomically((transaction) => {
        jobs = takeWaiting()
        failures = runJobs(transaction, jobs)
      })
    } catch (error) {
      for (const job of jobs ?? takeWaiting()) job.reject(error)
      return
    }
    for (const job of jobs ?? []) {
      if (failures.has(job)) job.reject(failures.get(job))
      else job.resolve()
    }
  }

  return <R>(work: (transaction: Transaction) => R) =>
    new Promise<R>((resolve, reject) => {
      let result: R
      waiting.push({
        run: (transaction) => {
          result = work(transaction)
        },
        resolve: () => resolve(result),
        reject,
      })
      // Requests that arrived in the same turn of the event loop get here before the next turn begins.
      if (!isScheduled) setImmediate(commitWaiting)
      isScheduled = true
    })
}

/** Runs the jobs of one commit. @returns The errors of those that failed. */
function runJobs(transaction: Transaction, jobs: readonly Job[]): ReadonlyMap<Job, unknown> {
  const failures = new Map<Job, unknown>()
  const [first, ...others] = jobs
  if (first && others.length === 0) {
    first.run(transaction) // the transaction itself undoes a job that is alone
    return failures
  }
  for (const job of jobs) {
    const error = runInSavepoint(transaction, job)
    if (error !== undefined) failures.set(job, error)
  }
  return failures
}

/** Runs a job so that its failure undoes its own changes only. @returns The error when it failed. */
function runInSavepoint({ connection, track }: Transaction, job: Job): unknown {
  const changes: TrackedChange[] = []
  connection.execute('SAVEPOINT job')
  try {
    job.run({ connection, track: (change) => changes.push(change) })
    connection.execute('RELEASE job')
  } catch (error) {
    try {
      connection.execute('ROLLBACK TO job; RELEASE job')
    } catch {
      throw error // a full disk has rolled back the whole transaction, so no job of the group is left
    }
    return toScimError(error) ?? new Error('A write failed without giving a reason')
  }
  for (const change of changes) track(change)
  return undefined
}
