import { isObject, type JsonObject } from '../json.js'
import type { AttributeDeclaration } from '../schema/attribute.js'
import { foldCase } from '../text/fold-case.js'
import { type DocumentFaults, showValue } from './document-faults.js'
import {
  checkForeignMembers,
  deepest,
  listedInside,
  readMutability,
  readReturned,
  readType,
  readUniqueness,
  usualSubAttributes,
} from './read-characteristics.js'
import { MemberReader, memberOf, uriPattern } from './read-member.js'

/** What reading attributes needs to know of their schema. */
export interface AttributeReading {
  readonly faults: DocumentFaults
  /** Put before every path; the URN and a colon where a document holds several schemas. */
  readonly prefix: string
  /** Whether complex attributes may be within complex ones, as in the schema of schemas alone. */
  readonly nesting: boolean
  /** Whether an attribute may be an extension within this one, named by its URN. */
  readonly nestedExtensions: boolean
  /** Number of complex attributes around. */
  readonly depth: number
  /** Descriptions by attribute path; the reading adds to it. */
  readonly descriptions: Map<string, string>
}

const members = ['name', 'type', 'multiValued', 'description', 'required', 'canonicalValues', 'caseExact', 'mutability']
const allMembers = [...members, 'returned', 'uniqueness', 'referenceTypes', 'subAttributes']
const attributeName = /^[a-z$][a-z0-9_$-]*$/i
const longestName = 256

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
    faults.add(place, `${showValue(name)} is not an attribute name; ${rule}`)
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
  checkForeignMembers(member)
  const description = member.text('description')
  if (description) reading.descriptions.set(path, description)
  const subAttributes = readSubAttributes(member, path, reading)
  const mutability = readMutability(member)
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
    uniqueness: readUniqueness(member),
    ...(canonicalValues?.length && { canonicalValues }),
    ...(referenceTypes?.length && { referenceTypes }),
    ...((inside.length > 0 || isNested) && { subAttributes: inside }),
  }
}

/** The sub-attributes; an empty list when there are none, or none that could be read. */
function readSubAttributes(
  member: MemberReader,
  path: string,
  reading: AttributeReading,
): readonly AttributeDeclaration[] {
  const value = listedInside(member)
  if (member.get('attributes') !== undefined) {
    const message = 'the sub-attributes are under "attributes"; write subAttributes'
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
