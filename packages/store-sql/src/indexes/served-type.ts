import { type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { toSqlText } from '../documents/sql-text.js'
import type { SqlSession } from '../sqlite/create-session.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readSetting, writeSetting } from '../sqlite/statements/settings.js'
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
  /** Brings the indexes of all types up to date, if any is not; to be awaited before data is written. */
  ready(session: SqlSession): Promise<void> | undefined
  /** Finds out which indexes there are, if that is not known; to be awaited before data is read through them. */
  readable(session: SqlSession): Promise<void> | undefined
  find(resourceType: string): ServedType
  /** What a listener of changes does, for other processes may index by other attributes. */
  changed(): void
  forget(): void
}

interface Serving {
  readonly definition: ResourceDefinition
  readonly indexed: readonly IndexedAttribute[]
  type: ServedType
  /** Whether `type` is what the database has now. */
  isKnown: boolean
  /** Whether the indexes were brought up to date once; whoever changes them later has the last word. */
  isPrepared: boolean
}

/**
 * @param wished Further attribute paths to index, by the name of the resource type.
 * @returns An empty list of types.
 */
export function createServedTypes(wished: Readonly<Record<string, readonly string[]>>): ServedTypes {
  const serving = new Map<string, Serving>()
  let isReady = true
  let isReadable = true
  let preparing: Promise<void> | undefined
  let looking: Promise<void> | undefined

  async function prepare(session: SqlSession): Promise<void> {
    // A map's own iteration visits what is served meanwhile as well.
    for (const one of serving.values()) {
      if (one.isPrepared) continue
      one.type = await session.write(({ connection }) => bringUpToDate(connection, one))
      one.isPrepared = true
      one.isKnown = true
    }
    isReady = true
  }

  async function look(session: SqlSession): Promise<void> {
    await session.read((connection) => {
      for (const one of serving.values()) {
        if (one.isKnown) continue
        const { kept, isCurrent, generation } = readIndexes(connection, one)
        one.type = toServedType(one.definition, kept, one.isPrepared ? one.type.generation : generation)
        one.isKnown = true
        one.isPrepared ||= isCurrent
      }
      isReadable = true
    })
    // Readers do not wait for new indexes, and whoever writes is told when they cannot be made.
    void ready(session)?.catch(() => undefined)
  }

  function ready(session: SqlSession): Promise<void> | undefined {
    if (isReady) return undefined
    preparing ??= prepare(session).finally(() => {
      preparing = undefined
    })
    return preparing
  }

  return {
    serve(definition) {
      const own = Object.hasOwn(wished, definition.name) ? wished[definition.name] : undefined
      const indexed = listIndexedAttributes(definition, own)
      serving.set(definition.name, { definition, indexed, type: unknownType, isKnown: false, isPrepared: false })
      isReady = false
      isReadable = false
    },
    ready,
    readable(session) {
      if (isReadable) return undefined
      looking ??= look(session).finally(() => {
        looking = undefined
      })
      return looking
    },
    find: (resourceType) => serving.get(resourceType)?.type ?? unknownType,
    changed: () => undefined,
    forget() {
      for (const one of serving.values()) one.isKnown = false
      isReadable = false
    },
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

type Wanted = Pick<Serving, 'definition' | 'indexed'>

/** Finds the wanted indexes that the database has. */
function readIndexes(connection: SqlConnection, { definition, indexed }: Wanted) {
  const wanted = new Map(indexed.map((one) => [toSqlText(one.path), one]))
  const kept: NumberedAttribute[] = []
  const others: number[] = []
  const known = connection
    .statement<{ attribute: number; path: string; rule: string }>(
      'SELECT attribute, path, rule FROM indexed_attributes WHERE type = ?',
    )
    .all(toSqlText(definition.name))
  for (const { attribute, path, rule } of known) {
    const same = wanted.get(path)
    if (same && ruleOf(same) === rule) kept.push({ ...same, number: attribute })
    else others.push(attribute)
  }
  const generation = readSetting(connection, settingOf(definition.name))
  const isCurrent = generation !== undefined && others.length === 0 && kept.length === indexed.length
  return { kept, others, isCurrent, generation: generation ?? '0' }
}

function bringUpToDate(connection: SqlConnection, wanted: Wanted): ServedType {
  const { definition, indexed } = wanted
  const { kept, others, isCurrent, generation } = readIndexes(connection, wanted)
  if (isCurrent) return toServedType(definition, kept, generation)
  for (const attribute of others) dropAttribute(connection, attribute)
  const has = new Set(kept.map(({ path }) => path))
  const type = toSqlText(definition.name)
  const added = indexed
    .filter(({ path }) => !has.has(path))
    .map((one) => ({ ...one, number: addAttribute(connection, type, toSqlText(one.path), ruleOf(one)) }))
  if (added.length > 0) indexExisting(connection, type, definition.name, added)
  const raised = String(Number(generation) + 1)
  writeSetting(connection, settingOf(definition.name), raised)
  return toServedType(definition, [...kept, ...added], raised)
}

function toServedType(
  definition: ResourceDefinition,
  attributes: readonly NumberedAttribute[],
  generation: string,
): ServedType {
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
