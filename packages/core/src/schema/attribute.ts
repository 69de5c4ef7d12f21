/**
 * Data types of attributes; `any` is what the lenient reading takes for a type that is not among the others, and fits
 * every JSON value.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3
 */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex'
  | 'any'

/** Who may write an attribute, and when. @see https://www.rfc-editor.org/rfc/rfc7643#section-7 */
export type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'

/** When a response carries an attribute. @see https://www.rfc-editor.org/rfc/rfc7643#section-7 */
export type Returned = 'always' | 'never' | 'default' | 'request'

/** How widely a value is unique. @see https://www.rfc-editor.org/rfc/rfc7643#section-7 */
export type Uniqueness = 'none' | 'server' | 'global'

/**
 * An attribute with every characteristic filled in by the defaults of RFC 7643 §2.2.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export interface Attribute {
  readonly name: string
  readonly type: AttributeType
  readonly multiValued: boolean
  readonly required: boolean
  readonly caseExact: boolean
  readonly mutability: Mutability
  readonly returned: Returned
  readonly uniqueness: Uniqueness
  readonly canonicalValues?: readonly string[] | undefined
  readonly referenceTypes?: readonly string[] | undefined
  /** Of a complex attribute; elsewhere absent. */
  readonly subAttributes?: readonly Attribute[] | undefined
}

/** An attribute as generated code writes it: whatever equals the default is left out. */
export interface AttributeDeclaration {
  readonly name: string
  readonly type?: AttributeType | undefined
  readonly multiValued?: boolean | undefined
  readonly required?: boolean | undefined
  readonly caseExact?: boolean | undefined
  readonly mutability?: Mutability | undefined
  readonly returned?: Returned | undefined
  readonly uniqueness?: Uniqueness | undefined
  readonly canonicalValues?: readonly string[] | undefined
  readonly referenceTypes?: readonly string[] | undefined
  readonly subAttributes?: readonly AttributeDeclaration[] | undefined
}

/** Types whose values are never unique, whatever is declared (RFC 7643 §2.3.2, §2.3.5, §2.3.8). */
const neverUnique: readonly AttributeType[] = ['boolean', 'dateTime', 'complex']

/**
 * Fills in the defaults of RFC 7643 §2.2; references and binaries are case exact whatever is declared (§2.3.6, §2.3.7).
 *
 * @param declaration Name and the characteristics that differ from the defaults.
 * @returns The frozen attribute, sub-attributes included.
 */
export function defineAttribute(declaration: AttributeDeclaration): Attribute {
  const type = declaration.type ?? 'string'
  return Object.freeze({
    name: declaration.name,
    type,
    multiValued: declaration.multiValued ?? false,
    required: declaration.required ?? false,
    caseExact: type === 'reference' || type === 'binary' || (declaration.caseExact ?? false),
    mutability: declaration.mutability ?? 'readWrite',
    returned: declaration.returned ?? 'default',
    uniqueness: neverUnique.includes(type) ? 'none' : (declaration.uniqueness ?? 'none'),
    ...(declaration.canonicalValues && { canonicalValues: declaration.canonicalValues }),
    ...(declaration.referenceTypes && { referenceTypes: declaration.referenceTypes }),
    ...(declaration.subAttributes && { subAttributes: Object.freeze(declaration.subAttributes.map(defineAttribute)) }),
  })
}
