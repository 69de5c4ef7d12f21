import type { SqlConnection } from './sql-connection.js'

/** A committed change, as those who remember something about the data need it. */
export interface TrackedChange {
  readonly tenant: number
  readonly scope: number
  readonly id: string
  readonly kind: 'create' | 'replace' | 'delete' | 'members'
}

/** Who remembers something about the data. */
export interface ChangeListener {
  /** Called after a commit, once for every change. */
  changed(change: TrackedChange): void
  /** Called when another process has changed the database, so that nothing remembered can be trusted. */
  forget(): void
}

/** Tells listeners of changes, those of other processes included. */
export interface ChangeTracker {
  listen(listener: ChangeListener): void
  committed(changes: readonly TrackedChange[]): void
  /** To be called before something remembered is used. */
  checkOthers(): void
}

/**
 * @param writer Connection whose own changes are announced by `committed`; changes that `data_version` shows are those
 * of others.
 * @returns A tracker without listeners.
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
    committed(changes) {
      for (const listener of listeners) for (const change of changes) listener.changed(change)
    },
    checkOthers() {
      const seen = readVersion()
      if (seen === version) return
      version = seen
      for (const listener of listeners) listener.forget()
    },
  }
}
