import { type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { toSqlText } from '../documents/sql-text.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { deleteValuesOf } from '../sqlite/statements/index-values.js'
import {
  deleteIndexedRow,
  insertIndexedRow,
  listIndexedRows,
  readRowsToIndex,
} from '../sqlite/statements/indexed-attributes.js'
import { readSetting, writeSetting } from '../sqlite/statements/settings.js'
import { type IndexedAttribute, type NumberedAttribute, ruleOf } from './indexed-attributes.js'
import { buildServedType, generationSetting, type ServedType } from './served-type.js'
import { writeValues } from './write-values.js'

/** A resource type with the attributes that this process wants to index. */
export interface WantedIndexes {
  readonly definition: ResourceDefinition
  readonly indexed: readonly IndexedAttribute[]
}

/** What the database has of the wanted indexes. */
export interface FoundIndexes {
  readonly kept: readonly NumberedAttribute[]
  /** Numbers of indexed attributes that are not wanted, or whose values have another form. */
  readonly obsolete: readonly number[]
  /** Whether the database has exactly the wanted indexes. */
  readonly isCurrent: boolean
  readonly generation: string
}

/** Finds those of the wanted indexes that the database has. */
export function findIndexes(connection: SqlConnection, { definition, indexed }: WantedIndexes): FoundIndexes {
  const wanted = new Map(indexed.map((one) => [toSqlText(one.path), one]))
  const kept: NumberedAttribute[] = []
  const obsolete: number[] = []
  for (const { attribute, path, rule } of listIndexedRows(connection, definition.name)) {
    const same = wanted.get(path)
    if (same && ruleOf(same) === rule) kept.push({ ...same, number: attribute })
    else obsolete.push(attribute)
  }
  const generation = readSetting(connection, generationSetting(definition.name))
  const isCurrent = generation !== undefined && obsolete.length === 0 && kept.length === indexed.length
  return { kept, obsolete, isCurrent, generation: generation ?? '0' }
}

/**
 * Adds the wanted indexes that are missing and drops the others; a change raises the generation.
 *
 * @param connection Connection within a transaction.
 * @param wanted The resource type and what to index.
 * @returns The type as the database serves it from now on.
 * @throws {Error} When an attribute is to become unique while resources share a value.
 */
export function updateIndexes(connection: SqlConnection, wanted: WantedIndexes): ServedType {
  const { definition, indexed } = wanted
  const { kept, obsolete, isCurrent, generation } = findIndexes(connection, wanted)
  if (isCurrent) return buildServedType(definition, kept, generation)
  for (const attribute of obsolete) {
    deleteValuesOf(connection, attribute)
    deleteIndexedRow(connection, attribute)
  }
  const has = new Set(kept.map(({ path }) => path))
  const added = indexed
    .filter(({ path }) => !has.has(path))
    .map((one) => ({
      ...one,
      number: insertIndexedRow(connection, definition.name, { path: one.path, rule: ruleOf(one) }),
    }))
  if (added.length > 0) indexExisting(connection, definition.name, added)
  const raised = String(Number(generation) + 1)
  writeSetting(connection, generationSetting(definition.name), raised)
  return buildServedType(definition, [...kept, ...added], raised)
}

/** Indexes the resources that were there before the attributes were indexed, a few at a time. */
function indexExisting(connection: SqlConnection, name: string, attributes: readonly NumberedAttribute[]): void {
  let rows = readRowsToIndex(connection, name, 0)
  for (let last = rows.at(-1); last; last = rows.at(-1)) {
    for (const row of rows) {
      try {
        writeValues(connection, row, { attributes, after: JSON.parse(row.document) })
      } catch (error) {
        if (!ScimError.is(error, 'uniqueness')) throw error
        const message = `${name}: an attribute cannot become unique while resources share a value: ${error.detail}`
        throw new Error(message, { cause: error })
      }
    }
    rows = readRowsToIndex(connection, name, last.resource)
  }
}
