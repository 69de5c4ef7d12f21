import type { SqlConnection } from '../sql-connection.js'

/** Reads a setting; `undefined` when it was never written. */
export function readSetting(connection: SqlConnection, name: string): string | undefined {
  return connection.statement<{ value: string }>('SELECT value FROM settings WHERE name = ?').get(name)?.value
}

/** Writes a setting over what was there. */
export function writeSetting(connection: SqlConnection, name: string, value: string): void {
  connection
    .statement(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
    .run(name, value)
}
