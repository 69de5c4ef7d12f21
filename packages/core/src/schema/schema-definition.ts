import { foldCase } from '../text/fold-case.js'
import { type Attribute, type AttributeDeclaration, defineAttribute } from './attribute.js'

/** Attributes by folded name, for look-ups without regard to case. */
export type AttributeIndex = ReadonlyMap<string, Attribute>

/** What the program knows of a schema: the data of RFC 7643 §7 without its descriptions. */
export interface SchemaDefinition {
  /** URN in its registered spelling. */
  readonly id: string
  readonly name: string
  readonly attributes: readonly Attribute[]
  /** The attributes by folded name. */
  readonly index: AttributeIndex
}

/** A schema as generated code writes it. */
export interface SchemaDeclaration {
  readonly id: string
  readonly name: string
  readonly attributes: readonly AttributeDeclaration[]
}

/** The texts of a schema, kept apart from its data. */
export interface SchemaDescriptions {
  readonly description?: string | undefined
  /** Description by attribute path, such as `name.givenName`. */
  readonly attributes: Readonly<Record<string, string>>
}

/**
 * Makes the definition of a schema from its declaration.
 *
 * @param declaration URN, name and attributes; characteristics that equal the default may be left out.
 * @returns The frozen definition with its index.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function defineSchema(declaration: SchemaDeclaration): SchemaDefinition {
  const attributes = Object.freeze(declaration.attributes.map(defineAttribute))
  return Object.freeze({ id: declaration.id, name: declaration.name, attributes, index: indexAttributes(attributes) })
}

const subAttributeIndexes = new WeakMap<Attribute, AttributeIndex>()

/**
 * The sub-attributes of a complex attribute by folded name.
 *
 * @param attribute Any attribute; one without sub-attributes has an empty index.
 * @returns The index, made once for each attribute.
 */
export function subAttributeIndex(attribute: Attribute): AttributeIndex {
  const known = subAttributeIndexes.get(attribute)
  if (known) return known
  const index = indexAttributes(attribute.subAttributes ?? [])
  subAttributeIndexes.set(attribute, index)
  return index
}

function indexAttributes(attributes: readonly Attribute[]): AttributeIndex {
  return new Map(attributes.map((attribute) => [foldCase(attribute.name), attribute]))
}
