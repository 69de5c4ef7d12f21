import { type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import type { SqlConnection } from '../database/sql-connection.js'
import type { SqlSession } from '../database/sql-session.js'
import { toSqlText } from '../database/to-sql-text.js'
import { readSetting, writeSetting } from '../tables/settings-table.js'
import { type IndexedAttribute, listIndexedAttributes, ruleOf } from './indexed-attributes.js'
import { writeValues } from './write-values.js'

/** An indexed attribute with its number in the database. */
export interface NumberedAttribute extends IndexedAttribute {
  readonly number: number
}

/** What the store knows of a resource type. */
export interface ServedType {
  readonly definition: ResourceDefinition | undefined
  readonly attributes: readonly NumberedAttribute[]
  /** The same by their paths. */
  readonly byPath: ReadonlyMap<string, NumberedAttribute>
  /** Rises when a process changes what is indexed. */
  readonly generation: string
}

const unknownType: ServedType = { definition: undefined, attributes: [], byPath: new Map(), generation: '' }

/** The resource types that a store serves. */
export interface ServedTypes {
  serve(definition: ResourceDefinition): void
  /** Brings the indexes of all types up to date, if any is not; to be awaited before data is read through them. */
  ready(session: SqlSession): Promise<void> | undefined
  find(resourceType: string): ServedType
}

/**
 * @param wished Further attribute paths to index, by the name of the resource type.
 * @returns An empty list of types.
 */
export function createServedTypes(wished: Readonly<Record<string, readonly string[]>>): ServedTypes {
  const types = new Map<string, ServedType>()
  const pending = new Map<
    string,
    { readonly definition: ResourceDefinition; readonly indexed: readonly IndexedAttribute[] }
  >()
  let preparing: Promise<void> | undefined

  async function prepare(session: SqlSession): Promise<void> {
    // A map's own iteration visits what is served meanwhile as well.
    for (const [name, { definition, indexed }] of pending) {
      const type = await session.write(({ connection }) => bringUpToDate(connection, definition, indexed))
      types.set(name, type)
      pending.delete(name)
    }
  }

  return {
    serve(definition) {
      const own = Object.hasOwn(wished, definition.name) ? wished[definition.name] : undefined
      pending.delete(definition.name)
      pending.set(definition.name, { definition, indexed: listIndexedAttributes(definition, own) })
    },
    ready(session) {
      if (pending.size === 0) return undefined
      preparing ??= prepare(session).finally(() => {
        preparing = undefined
      })
      return preparing
    },
    find: (resourceType) => types.get(resourceType) ?? unknownType,
  }
}

/**
 * Checks that no other process has changed what is indexed since this one looked.
 *
 * @param connection Connection within a transaction.
 * @throws {ScimError} 503 when it has: writing on would leave the indexes wrong.
 */
export function checkGeneration(connection: SqlConnection, resourceType: string, type: ServedType): void {
  if (type.definition === undefined || readSetting(connection, settingOf(resourceType)) === type.generation) return
  throw new ScimError(503, `Another process indexes ${resourceType} by other attributes; this one must be restarted`)
}

function settingOf(resourceType: string): string {
  return `indexes of ${toSqlText(resourceType)}`
}

function bringUpToDate(
  connection: SqlConnection,
  definition: ResourceDefinition,
  indexed: readonly IndexedAttribute[],
): ServedType {
  const type = toSqlText(definition.name)
  const known = connection
    .statement<{ attribute: number; path: string; rule: string }>(
      'SELECT attribute, path, rule FROM indexed_attributes WHERE type = ?',
    )
    .all(type)
  const wanted = new Map(indexed.map((one) => [toSqlText(one.path), one]))
  const kept = new Map<string, number>()
  for (const { attribute, path, rule } of known) {
    const same = wanted.get(path)
    if (same && ruleOf(same) === rule) kept.set(path, attribute)
    else dropAttribute(connection, attribute)
  }
  const attributes: NumberedAttribute[] = []
  const added: NumberedAttribute[] = []
  for (const [path, one] of wanted) {
    const number = kept.get(path)
    const numbered = { ...one, number: number ?? addAttribute(connection, type, path, ruleOf(one)) }
    attributes.push(numbered)
    if (number === undefined) added.push(numbered)
  }
  if (added.length > 0) indexExisting(connection, type, definition.name, added)
  const setting = settingOf(definition.name)
  const unchanged = added.length === 0 && kept.size === known.length
  const generation = unchanged
    ? (readSetting(connection, setting) ?? '0')
    : String(Number(readSetting(connection, setting) ?? 0) + 1)
  writeSetting(connection, setting, generation)
  return { definition, attributes, byPath: new Map(attributes.map((one) => [one.path, one])), generation }
}

function addAttribute(connection: SqlConnection, type: string, path: string, rule: string): number {
  const row = connection
    .statement<{ attribute: number }>(
      'INSERT INTO indexed_attributes (type, path, rule) VALUES (?, ?, ?) RETURNING attribute',
    )
    .get(type, path, rule)
  if (!row) throw new Error('An indexed attribute is missing right after it was added')
  return row.attribute
}

function dropAttribute(connection: SqlConnection, attribute: number): void {
  connection.statement('DELETE FROM unique_values WHERE attribute = ?').run(attribute)
  connection.statement('DELETE FROM indexed_values WHERE attribute = ?').run(attribute)
  connection.statement('DELETE FROM indexed_attributes WHERE attribute = ?').run(attribute)
}

/** Reads the resources that were there before the attribute was indexed, a few at a time. */
function indexExisting(
  connection: SqlConnection,
  type: string,
  name: string,
  added: readonly NumberedAttribute[],
): void {
  const read = connection.statement<{ resource: number; scope: number; id: string; document: string }>(
    'SELECT resource, scope, id, document FROM resources CROSS JOIN scopes USING (scope) WHERE resource > ? AND scopes.type = ? ORDER BY resource LIMIT 500',
  )
  for (let rows = read.all(0, type); rows.length > 0; rows = read.all(rows.at(-1)?.resource ?? 0, type)) {
    for (const row of rows) {
      try {
        writeValues(connection, added, row, { after: JSON.parse(row.document) })
      } catch (error) {
        if (!ScimError.is(error, 'uniqueness')) throw error
        throw new Error(`${name}: an attribute cannot become unique while resources share a value: ${error.detail}`, {
          cause: error,
        })
      }
    }
  }
}
