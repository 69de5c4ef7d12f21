import { type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { toSqlText } from '../documents/sql-text.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readSetting } from '../sqlite/statements/settings.js'
import type { NumberedAttribute } from './indexed-attributes.js'

/** What the store knows of a resource type. */
export interface ServedType {
  readonly definition: ResourceDefinition | undefined
  readonly attributes: readonly NumberedAttribute[]
  /** The same attributes by their paths. */
  readonly byPath: ReadonlyMap<string, NumberedAttribute>
  /** Text of a counter that rises whenever a process changes what is indexed. */
  readonly generation: string
}

/** A type that the store does not serve: without a definition and without indexes. */
export const unknownType: ServedType = { definition: undefined, attributes: [], byPath: new Map(), generation: '' }

/**
 * Builds a served type.
 *
 * @param definition Definition of the resource type.
 * @param attributes Attributes that the database indexes for it.
 * @param generation Counter of changes of what is indexed.
 */
export function buildServedType(
  definition: ResourceDefinition,
  attributes: readonly NumberedAttribute[],
  generation: string,
): ServedType {
  return { definition, attributes, byPath: new Map(attributes.map((one) => [one.path, one])), generation }
}

/** Name of the setting that holds the generation of a resource type. */
export function generationSetting(resourceType: string): string {
  return `indexes of ${toSqlText(resourceType)}`
}

/**
 * Checks that no other process has changed what is indexed since this one read it.
 *
 * @param connection Connection within a transaction.
 * @param type Type as this process knows it.
 * @throws {ScimError} 503 when another process has: further writes would leave the indexes wrong.
 */
export function checkGeneration(connection: SqlConnection, { definition, generation }: ServedType): void {
  if (!definition || readSetting(connection, generationSetting(definition.name)) === generation) return
  throw new ScimError(503, `Another process indexes other attributes of ${definition.name}; restart this one`)
}
