import { isObject, type JsonObject } from '../json.js'
import type { AttributeDeclaration, AttributeType, Mutability, Returned, Uniqueness } from '../schema/attribute.js'
import { foldCase } from '../text/fold-case.js'
import { type DocumentFaults, showValue } from './document-faults.js'
import { MemberReader, memberOf, type Synonyms, uriPattern } from './read-member.js'

/** What reading attributes needs to know of their schema. */
export interface AttributeReading {
  readonly faults: DocumentFaults
  /** Put before every path; the URN and a colon where a document holds several schemas. */
  readonly prefix: string
  /** Whether complex attributes may lie within complex ones, as in the schema of schemas alone. */
  readonly nesting: boolean
  /** Whether an attribute may be an extension within this one, named by its URN. */
  readonly nestedExtensions: boolean
  /** Number of complex attributes around. */
  readonly depth: number
  /** Descriptions by attribute path; the reading adds to it. */
  readonly descriptions: Map<string, string>
}

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
const members = ['name', 'type', 'multiValued', 'description', 'required', 'canonicalValues', 'caseExact', 'mutability']
const allMembers = [...members, 'returned', 'uniqueness', 'referenceTypes', 'subAttributes']
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
const attributeName = /^[a-z$][a-z0-9_$-]*$/i
const longestName = 256
const deepest = 8

/**
 * Reads a list of attribute documents.
 *
 * @param value The `attributes` of a schema or the `subAttributes` of an attribute.
 * @param parent Path of the attribute that has them; empty at the top.
 * @param reading Schema they belong to.
 * @returns The attributes that could be read; every fault is noted.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function readAttributes(
  value: readonly unknown[],
  parent: string,
  reading: AttributeReading,
): readonly AttributeDeclaration[] {
  const known = new Map<string, string>()
  const attributes: AttributeDeclaration[] = []
  for (const [position, source] of value.entries()) {
    const place = parent === '' ? `attributes[${position}]` : `${parent}.subAttributes[${position}]`
    const name = readName(source, reading.prefix + place, reading)
    if (name === undefined) continue
    const path = parent === '' ? name : `${parent}.${name}`
    const twin = known.get(foldCase(name))
    if (twin !== undefined) {
      const same = twin === name ? 'is there twice' : `differs from ${twin} by case alone`
      reading.faults.add(reading.prefix + path, `the name ${same}; rename or remove one of the two`, 'the first alone')
      continue
    }
    known.set(foldCase(name), name)
    attributes.push(readAttribute(source as JsonObject, name, path, reading)) // readName has seen that it is an object
  }
  return attributes
}

function readName(source: unknown, place: string, reading: AttributeReading): string | undefined {
  const { faults } = reading
  if (!isObject(source)) {
    faults.add(place, `an attribute must be an object, not ${showValue(source)}; write one with "name"`)
    return undefined
  }
  const name = memberOf(source, 'name')
  if (typeof name !== 'string' || name === '') {
    const scim1 = (memberOf(source, 'attributeName') ?? memberOf(source, 'attributeURI')) !== undefined
    const form = scim1 ? '; this is not the form of RFC 7643 §7' : ''
    faults.add(place, `the attribute has no name; add "name"${form}`)
    return undefined
  }
  if (isNestedExtension(source, name, reading)) return name
  if (!attributeName.test(name)) {
    const rule = 'a name starts with a letter or $, then letters, digits, $, - and _'
    faults.add(place, `${showValue(name)} is no attribute name; ${rule}`)
    return undefined
  }
  if (name.length > longestName) {
    faults.add(place, `the name ${showValue(name)} has ${name.length} characters; ${longestName} are allowed`)
    return undefined
  }
  if (name in Object.prototype || name === 'prototype') {
    faults.add(place, `the name ${name} is taken by JavaScript's own objects; rename the attribute`)
    return undefined
  }
  return name
}

/** RFC 9944 nests extensions within an extension, each a complex attribute under its own URN. */
function isNestedExtension(source: JsonObject, name: string, { nestedExtensions, depth }: AttributeReading): boolean {
  if (!nestedExtensions || depth > 0 || !/^urn:/i.test(name) || !uriPattern.test(name)) return false
  const type = memberOf(source, 'type')
  return typeof type === 'string' && foldCase(type) === 'complex' && Array.isArray(memberOf(source, 'subAttributes'))
}

function readAttribute(
  source: JsonObject,
  name: string,
  path: string,
  reading: AttributeReading,
): AttributeDeclaration {
  const member = new MemberReader(source, reading.prefix + path, reading.faults).checkSpelling(allMembers)
  checkVersion(member)
  noteConstraints(member)
  const description = member.text('description')
  if (description) reading.descriptions.set(path, description)
  const subAttributes = readSubAttributes(member, path, reading)
  const mutability = member.word('mutability', mutabilities, { synonyms: mutabilitySynonyms })
  const canonicalValues = member.texts('canonicalValues')
  const referenceTypes = member.texts('referenceTypes')
  const multiValued = member.boolean('multiValued')
  const usual = usualSubAttributes(multiValued ?? false)
  const isNested = name.includes(':')
  const type = readType(member, { ...reading, usual, mayBeEmpty: isNested })
  const inside = type === 'complex' && subAttributes.length === 0 && !isNested ? usual : subAttributes
  return {
    name,
    type,
    multiValued,
    required: member.boolean('required'),
    caseExact: member.boolean('caseExact'),
    mutability,
    returned: readReturned(member, mutability),
    uniqueness: member.word('uniqueness', uniquenesses, { other: 'none' }),
    ...(canonicalValues?.length && { canonicalValues }),
    ...(referenceTypes?.length && { referenceTypes }),
    ...((inside.length > 0 || isNested) && { subAttributes: inside }),
  }
}

/** JSON Schema and some vendors say more of a value than SCIM does; nothing here would keep it. */
function noteConstraints(member: MemberReader): void {
  const found = Object.keys(member.source).filter((name) => constraints.has(foldCase(name)))
  if (found.length === 0) return
  const [is, it] = found.length === 1 ? ['is', 'it'] : ['are', 'them']
  const message = `${found.join(', ')} ${is} passed over; RFC 7643 §7 does not have ${it}, so no validator looks at ${it}`
  member.faults.note(member.path, message)
}

/** SCIM 1.1 has `readOnly` and `multiValuedAttributeChildName` where SCIM 2.0 has `mutability` and sub-attributes. */
function checkVersion(member: MemberReader): void {
  for (const name of ['readOnly', 'multiValuedAttributeChildName']) {
    if (member.get(name) === undefined) continue
    member.faults.add(member.path, `${name} belongs to SCIM 1.1; write the schema in the form of RFC 7643 §7`)
  }
}

/** What is listed as sub-attributes; some list them as a schema does its attributes. */
function listedInside(member: MemberReader): unknown {
  return member.get('subAttributes') ?? member.get('attributes')
}

/** The sub-attributes; an empty list when there are none, or none that could be read. */
function readSubAttributes(
  member: MemberReader,
  path: string,
  reading: AttributeReading,
): readonly AttributeDeclaration[] {
  const value = listedInside(member)
  if (member.get('attributes') !== undefined) {
    const message = 'the sub-attributes stand under "attributes"; write subAttributes'
    member.faults.add(member.path, message, 'subAttributes, unless there are some')
  }
  if (value === undefined) return []
  if (Array.isArray(value)) {
    return isTooDeep(reading) ? [] : readAttributes(value, path, { ...reading, depth: reading.depth + 1 })
  }
  member.faults.add(member.path, `subAttributes is ${showValue(value)}; write a list of attributes`)
  return []
}

/** The lenient reading takes deeper attributes as they are; no path of the protocol leads into them. */
function isTooDeep({ nesting, depth, faults }: AttributeReading): boolean {
  return depth >= (nesting || faults.lenient ? deepest : 1)
}

/** What the type depends on beside the attribute; `usual` are the sub-attributes that stand in for missing ones. */
interface TypeReading extends AttributeReading {
  readonly usual: readonly AttributeDeclaration[]
  /** Whether it may have none, as a nested extension. */
  readonly mayBeEmpty: boolean
}

function readType(member: MemberReader, reading: TypeReading): AttributeType {
  const listed = listedInside(member)
  const inside = listed !== undefined && !(Array.isArray(listed) && listed.length === 0)
  const synonyms = inside ? new Map([...typeSynonyms, ['object', 'complex'] as const]) : typeSynonyms
  const type = member.word('type', types, { synonyms, other: 'any' }) ?? 'string'
  if ((type === 'complex' || inside) && reading.depth > 0 && !reading.nesting) {
    const way = 'a complex attribute holds only simple ones, so move its sub-attributes up'
    const readAs = reading.depth < deepest ? 'it is' : undefined
    member.faults.add(member.path, `a complex attribute lies within a complex attribute; ${way}`, readAs)
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
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
function usualSubAttributes(multiValued: boolean): readonly AttributeDeclaration[] {
  const ofLists = [{ name: 'type' }, { name: 'primary', type: 'boolean' }] as const
  return [{ name: 'value' }, { name: 'display' }, ...(multiValued ? ofLists : []), { name: '$ref', type: 'reference' }]
}

function readReturned(member: MemberReader, mutability: Mutability | undefined): Returned | undefined {
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
      `the attribute is readOnly and never returned, so nobody can use it; ${way}`,
      'it is',
    )
  }
  return returned
}
