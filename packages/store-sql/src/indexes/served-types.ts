import type { ResourceDefinition } from '@scimkit/core/schema'
import type { ChangeListener } from '../sqlite/change-tracker.js'
import type { SqlSession } from '../sqlite/sql-session.js'
import { listIndexedAttributes } from './indexed-attributes.js'
import { buildServedType, type ServedType, unknownType } from './served-type.js'
import { findIndexes, updateIndexes, type WantedIndexes } from './update-indexes.js'

/** The resource types that a store serves. */
export interface ServedTypes extends ChangeListener {
  serve(definition: ResourceDefinition): void
  /** Updates the indexes of all types where that is needed; await it before you write. */
  prepareToWrite(session: SqlSession): Promise<void> | undefined
  /** Finds out which indexes the database has where that is not known; await it before you read through them. */
  prepareToRead(session: SqlSession): Promise<void> | undefined
  find(resourceType: string): ServedType
}

interface Serving extends WantedIndexes {
  type: ServedType
  /** Whether `type` is what the database has now. */
  isKnown: boolean
  /** Whether this process has updated the indexes once; a process that changes them later has the last word. */
  isPrepared: boolean
}

/**
 * Creates an empty list of types.
 *
 * @param further Further attribute paths to index, by the name of the resource type.
 */
export function createServedTypes(further: Readonly<Record<string, readonly string[]>>): ServedTypes {
  const serving = new Map<string, Serving>()
  let isWritable = true
  let isReadable = true

  const prepareToWrite = onceAtATime(async (session: SqlSession) => {
    // The iteration of a map also visits types that are added meanwhile.
    for (const one of serving.values()) {
      if (one.isPrepared) continue
      one.type = await session.write(({ connection }) => updateIndexes(connection, one))
      one.isPrepared = true
      one.isKnown = true
    }
    isWritable = true
  })

  const prepareToRead = onceAtATime(async (session: SqlSession) => {
    await session.read((connection) => {
      for (const one of serving.values()) {
        if (one.isKnown) continue
        const { kept, isCurrent, generation } = findIndexes(connection, one)
        // A prepared process keeps its generation, so that its writes are refused when another one has raised it.
        one.type = buildServedType(one.definition, kept, one.isPrepared ? one.type.generation : generation)
        one.isKnown = true
        one.isPrepared ||= isCurrent
      }
      isReadable = true
    })
    // Reads do not wait for new indexes, and writes report it when these cannot be made.
    if (!isWritable) void prepareToWrite(session).catch(() => undefined)
  })

  return {
    serve(definition) {
      const own = Object.hasOwn(further, definition.name) ? further[definition.name] : undefined
      const indexed = listIndexedAttributes(definition, own)
      serving.set(definition.name, { definition, indexed, type: unknownType, isKnown: false, isPrepared: false })
      isWritable = false
      isReadable = false
    },
    prepareToWrite: (session) => (isWritable ? undefined : prepareToWrite(session)),
    prepareToRead: (session) => (isReadable ? undefined : prepareToRead(session)),
    find: (resourceType) => serving.get(resourceType)?.type ?? unknownType,
    changed: () => undefined,
    invalidate() {
      for (const one of serving.values()) one.isKnown = false
      isReadable = false
    },
  }
}

/** Lets calls that come while one is running share it. */
function onceAtATime<A>(work: (argument: A) => Promise<void>): (argument: A) => Promise<void> {
  let running: Promise<void> | undefined
  return (argument) => {
    running ??= work(argument).finally(() => {
      running = undefined
    })
    return running
  }
}
