import type { AttributeDeclaration, AttributeType, Mutability, Returned, Uniqueness } from '../schema/attribute.js'
import { foldCase } from '../text/fold-case.js'
import type { MemberReader, Synonyms } from './read-member.js'

const types: readonly AttributeType[] = [
  'string',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'binary',
  'reference',
  'complex',
]
const mutabilities: readonly Mutability[] = ['readOnly', 'readWrite', 'immutable', 'writeOnly']
const returneds: readonly Returned[] = ['always', 'never', 'default', 'request']
const uniquenesses: readonly Uniqueness[] = ['none', 'server', 'global']
/** Types of programming languages and JSON Schema that leave no doubt. */
const typeSynonyms: Synonyms<AttributeType> = new Map([
  ['text', 'string'],
  ['date', 'string'],
  ['uuid', 'string'],
  ['password', 'string'],
  ['bool', 'boolean'],
  ['int', 'integer'],
  ['long', 'integer'],
  ['number', 'decimal'],
  ['float', 'decimal'],
  ['double', 'decimal'],
  ['timestamp', 'dateTime'],
  ['base64', 'binary'],
  ['uri', 'reference'],
  ['url', 'reference'],
  ['ref', 'reference'],
])
const mutabilitySynonyms: Synonyms<Mutability> = new Map([
  ['read', 'readOnly'],
  ['write', 'writeOnly'],
  ['writeonce', 'immutable'],
])
const returnedSynonyms: Synonyms<Returned> = new Map([
  ['false', 'never'],
  ['none', 'never'],
  ['hidden', 'never'],
  ['onrequest', 'request'],
])
const constraints: ReadonlySet<string> = new Set(
  `pattern format enum const default defaultValue minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength
  maxLength minItems maxItems notBefore notAfter`
    .split(/\s+/)
    .map(foldCase),
)

/** Levels of complex attributes within one another that a reading takes at the most. */
export const deepest = 8

/** What the type depends on beside the attribute; `usual` are the sub-attributes that stand in for missing ones. */
interface TypeReading {
  /** Number of complex attributes around. */
  readonly depth: number
  /** Whether complex attributes may be within complex ones. */
  readonly nesting: boolean
  readonly usual: readonly AttributeDeclaration[]
  /** Whether it may have none, as a nested extension. */
  readonly mayBeEmpty: boolean
}

/**
 * Reads the type, and compares it with the sub-attributes that are listed.
 *
 * @param member Reader of the attribute.
 * @param reading What the type depends on beside the attribute.
 * @returns The type; `string` where none is given.
 */
export function readType(member: MemberReader, reading: TypeReading): AttributeType {
  const listed = listedInside(member)
  const inside = listed !== undefined && !(Array.isArray(listed) && listed.length === 0)
  const synonyms = inside ? new Map([...typeSynonyms, ['object', 'complex'] as const]) : typeSynonyms
  const type = member.word('type', types, { synonyms, other: 'any' }) ?? 'string'
  if ((type === 'complex' || inside) && reading.depth > 0 && !reading.nesting) {
    const way = 'a complex attribute holds only simple ones, so move its sub-attributes up'
    const readAs = reading.depth < deepest ? 'it is' : undefined
    member.faults.add(member.path, `a complex attribute is within a complex attribute; ${way}`, readAs)
  } else if (type === 'complex' && !inside && !reading.mayBeEmpty) {
    const way = 'list them in subAttributes'
    const readAs = `a value with ${reading.usual.map(({ name }) => name).join(', ')}`
    member.faults.add(member.path, `the attribute is complex and has no sub-attributes; ${way}`, readAs)
  } else if (type !== 'complex' && inside) {
    const way = 'write "type": "complex" or remove subAttributes'
    member.faults.add(member.path, `the attribute has sub-attributes and the type ${type}; ${way}`, 'complex')
    return 'complex'
  }
  return type
}

/**
 * The sub-attributes that a value has where nothing else is said. Only lists have a kind and a primary element.
 *
 * @param multiValued Whether the attribute is a list.
 * @returns Their declarations.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function usualSubAttributes(multiValued: boolean): readonly AttributeDeclaration[] {
  const ofLists = [{ name: 'type' }, { name: 'primary', type: 'boolean' }] as const
  return [{ name: 'value' }, { name: 'display' }, ...(multiValued ? ofLists : []), { name: '$ref', type: 'reference' }]
}

/**
 * Reads when the attribute is returned, and compares it with its mutability.
 *
 * @param member Reader of the attribute.
 * @param mutability Its mutability, where it has one.
 * @returns The word; `undefined` when it is absent.
 */
export function readReturned(member: MemberReader, mutability: Mutability | undefined): Returned | undefined {
  const returned = member.word('returned', returneds, { synonyms: returnedSynonyms })
  if (mutability === 'writeOnly' && returned !== 'never') {
    if (returned !== undefined) {
      const way = 'what is writeOnly is never returned, so write "returned": "never"'
      member.faults.add(member.path, `the attribute is writeOnly and returned ${returned}; ${way}`, 'never')
    }
    return 'never'
  }
  if (mutability === 'readOnly' && returned === 'never') {
    const way = 'change one of the two'
    member.faults.add(
      member.path,
      `the attribute is readOnly and never returned, so no one can use it; ${way}`,
      'it is',
    )
  }
  return returned
}

/**
 * Reads who may write the attribute.
 *
 * @param member Reader of the attribute.
 * @returns The word; `undefined` when it is absent or, after a fault, unknown.
 */
export function readMutability(member: MemberReader): Mutability | undefined {
  return member.word('mutability', mutabilities, { synonyms: mutabilitySynonyms })
}

/**
 * Reads how widely a value is unique.
 *
 * @param member Reader of the attribute.
 * @returns The word; `undefined` when it is absent.
 */
export function readUniqueness(member: MemberReader): Uniqueness | undefined {
  return member.word('uniqueness', uniquenesses, { other: 'none' })
}

/**
 * Notes members that mean nothing in a schema of SCIM 2.0: constraints of JSON Schema, and characteristics of SCIM 1.1.
 *
 * @param member Reader of the attribute.
 */
export function checkForeignMembers(member: MemberReader): void {
  checkVersion(member)
  noteConstraints(member)
}

/**
 * What is listed as sub-attributes; some list them as a schema does its attributes.
 *
 * @param member Reader of the attribute.
 * @returns The list as it was given, of any type.
 */
export function listedInside(member: MemberReader): unknown {
  return member.get('subAttributes') ?? member.get('attributes')
}

/** JSON Schema and some vendors say more of a value than SCIM does; nothing here would keep it. */
function noteConstraints(member: MemberReader): void {
  const found = Object.keys(member.source).filter((name) => constraints.has(foldCase(name)))
  if (found.length === 0) return
  const [is, it] = found.length === 1 ? ['is', 'it'] : ['are', 'them']
  const message = `${found.join(', ')} ${is} ignored; RFC 7643 §7 does not have ${it}, so no validator looks at ${it}`
  member.faults.note(member.path, message)
}

/** SCIM 1.1 has `readOnly` and `multiValuedAttributeChildName` where SCIM 2.0 has `mutability` and sub-attributes. */
function checkVersion(member: MemberReader): void {
  for (const name of ['readOnly', 'multiValuedAttributeChildName']) {
    if (member.get(name) === undefined) continue
    member.faults.add(member.path, `${name} belongs to SCIM 1.1; write the schema in the form of RFC 7643 §7`)
  }
}
