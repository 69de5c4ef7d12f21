import type { JsonObject } from '../json.js'
import type { SchemaDefinition, SchemaDescriptions } from '../schema/schema-definition.js'

/** A checked schema document. */
export interface SchemaDocument {
  /** The characteristics, defaults filled in. */
  readonly definition: SchemaDefinition
  /** The texts. */
  readonly descriptions: SchemaDescriptions
  /** The document as it was read. */
  readonly source: JsonObject
}

/** A checked ResourceType document. @see https://www.rfc-editor.org/rfc/rfc7643#section-6 */
export interface ResourceTypeDocument {
  readonly name: string
  /** Path below the service root, such as `/Users`. */
  readonly endpoint: string
  readonly description: string | undefined
  /** URN of the base schema. */
  readonly schema: string
  readonly schemaExtensions: readonly { readonly schema: string; readonly required: boolean }[]
  /** The document as it was read. */
  readonly source: JsonObject
}
