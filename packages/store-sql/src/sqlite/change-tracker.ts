import type { SqlConnection } from './sql-connection.js'

/** A committed change, as caches need it. */
export interface TrackedChange {
  readonly tenant: number
  readonly scope: number
  readonly id: string
  readonly kind: 'create' | 'replace' | 'delete' | 'members'
}

/** A cache of something in the database. */
export interface ChangeListener {
  /** Called after a commit, once for every change. */
  changed(change: TrackedChange): void
  /** Called when another process has changed the database: nothing cached can be trusted any more. */
  invalidate(): void
}

/** Tells listeners about changes, those of other processes included. */
export interface ChangeTracker {
  listen(listener: ChangeListener): void
  /** Announces changes of this process, after their commit. */
  announce(changes: readonly TrackedChange[]): void
  /** Invalidates all listeners if another process has written; call it before you use anything cached. */
  checkOtherProcesses(): void
}

/**
 * Creates a tracker without listeners.
 *
 * @param writer Connection through which this process writes: `data_version` shows it the commits of all others.
 * @see https://www.sqlite.org/pragma.html#pragma_data_version
 */
export function createChangeTracker(writer: SqlConnection): ChangeTracker {
  const listeners: ChangeListener[] = []
  const readVersion = () => writer.statement<{ data_version: number }>('PRAGMA data_version').get()?.data_version
  let version = readVersion()
  return {
    listen(listener) {
      listeners.push(listener)
    },
    announce(changes) {
      for (const listener of listeners) for (const change of changes) listener.changed(change)
    },
    checkOtherProcesses() {
      const current = readVersion()
      if (current === version) return
      version = current
      for (const listener of listeners) listener.invalidate()
    },
  }
}
