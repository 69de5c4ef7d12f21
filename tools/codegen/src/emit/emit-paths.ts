import { attributesOf } from '@scimkit/core/documents'
import type { AttributeModel, SchemaModel, SchemaNames } from '../model/schema-model.js'
import { openUnion, primitiveType } from './emit-json-schema.js'
import { docComment, lineWidth, propertyName } from './source-text.js'
import { typeMember } from './type-text.js'

/**
 * Emits the attribute paths of a schema as flat interfaces: for filters, for patches, and for filters on elements.
 *
 * @param schema Resource or extension; the paths of an extension carry its URN.
 * @param names Its identifiers.
 * @returns Four interfaces.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function emitPaths(schema: SchemaModel, names: SchemaNames): string {
  const { type } = names
  const all = [...schema.commonAttributes, ...schema.attributes]
  const prefix = schema.kind === 'extension' ? `${schema.id}:` : ''
  const readable = attributesOf(all, 'output')
  const writable = attributesOf(all, 'input')
  const container = schema.kind === 'extension'
  const read = [
    ...(container ? [member(schema.id, 'Present')] : []),
    ...readable.flatMap((attribute) => readPaths(attribute, prefix)),
  ]
  const write = [
    ...(container ? [member(schema.id, `${type}Input`)] : []),
    ...writable.flatMap((attribute) => [
      ...writePaths(attribute, prefix, names),
      ...(attribute.multiValued && hasElements(attribute, schema) ? elementPaths(attribute, prefix, names) : []),
    ]),
  ]
  const elements = readable
    .filter((attribute) => attribute.multiValued && hasElements(attribute, schema))
    .map((attribute) => elementMember(attribute, prefix))
  return [
    emitBlock(
      `${type}ReadPaths`,
      'What a filter, `sortBy` or `attributes` may name, with the type of one value.',
      read,
    ),
    emitBlock(`${type}WritePaths`, 'What a patch may name, with the type it takes.', write),
    emitBlock(`${type}Elements`, 'What a filter on the elements of an attribute may name.', elements),
    emitBlock(`${type}Paths`, 'Attribute paths by use.', [
      `  read: ${type}ReadPaths\n`,
      `  write: ${type}WritePaths\n`,
      `  elements: ${type}Elements\n`,
    ]),
  ].join('\n')
}

function emitBlock(name: string, text: string, members: readonly string[]): string {
  if (members.length === 0) return `${docComment(text)}export type ${name} = Record<never, never>\n`
  return `${docComment(text)}export interface ${name} {\n${members.join('')}}\n`
}

function member(path: string, type: string): string {
  return typeMember(propertyName(path), type)
}

function elementOf(path: string, end: string, type: string): string {
  const key = `element: \`${path}[\${string}]${end}\``
  const text = typeMember(`[${key}]`, type)
  return text.indexOf('\n') <= lineWidth ? text : typeMember(`[\n    ${key}\n  ]`, type)
}

function readPaths(attribute: AttributeModel, prefix: string): readonly string[] {
  const path = prefix + attribute.name
  if (!attribute.subAttributes) return [member(path, comparedType(attribute))]
  const subAttributes = attributesOf(attribute.subAttributes, 'output')
  const value = subAttributes.find(({ name }) => name === 'value')
  return [
    member(path, value ? comparedType(value) : 'Present'),
    ...subAttributes.map((sub) => member(subPath(path, sub), comparedType(sub))),
  ]
}

/** A dot, as everywhere; a colon behind the URN of a nested extension that holds dots in its last part itself. */
function subPath(path: string, { name }: AttributeModel): string {
  return `${path}${/(^|:)[a-z$][\w$-]*$/i.test(path) ? '.' : ':'}${name}`
}

function writePaths(attribute: AttributeModel, prefix: string, names: SchemaNames): readonly string[] {
  const path = prefix + attribute.name
  const subAttributes = attributesOf(attribute.subAttributes ?? [], 'input')
  return [
    member(path, settableType(attribute, names)),
    ...subAttributes.map((sub) => member(subPath(path, sub), settableType(sub, names))),
  ]
}

/** Value paths; the builder parses what is in the brackets. */
function elementPaths(attribute: AttributeModel, prefix: string, names: SchemaNames): readonly string[] {
  const path = prefix + attribute.name
  const type = names.complex.get(attribute)?.input
  if (!attribute.subAttributes || !type) return [elementOf(path, '', simpleType(attribute))]
  const subAttributes = attributesOf(attribute.subAttributes, 'input')
  return [
    elementOf(path, '', type),
    ...subAttributes.map((sub) => elementOf(path, `.${sub.name}`, settableType(sub, names))),
  ]
}

/** Elements can be told apart by their sub-attributes, simple ones by `value`; `schemas` needs none. */
function hasElements(attribute: AttributeModel, schema: SchemaModel): boolean {
  return attribute.subAttributes !== undefined || !schema.commonAttributes.includes(attribute)
}

function elementMember(attribute: AttributeModel, prefix: string): string {
  const name = propertyName(prefix + attribute.name)
  const members = attribute.subAttributes
    ? attributesOf(attribute.subAttributes, 'output').map((sub) => [sub.name, comparedType(sub)] as const)
    : [['value', comparedType(attribute)] as const]
  const line = `  ${name}: { ${members.map(([sub, type]) => `${propertyName(sub)}: ${type}`).join('; ')} }\n`
  if (line.length <= lineWidth + 1) return line
  const lines = members.map(([sub, type]) => `  ${typeMember(propertyName(sub), type).replaceAll('\n ', '\n   ')}`)
  return `  ${name}: {\n${lines.join('')}  }\n`
}

/** One value, as a filter compares it. */
function comparedType(attribute: AttributeModel): string {
  return attribute.type === 'any' ? 'string | number | boolean' : simpleType(attribute)
}

/** One value; what lies deeper than a path can reach is only present or not. */
function simpleType(attribute: AttributeModel): string {
  if (attribute.subAttributes) return 'Present'
  const type = primitiveType(attribute)
  return attribute.canonicalValues && type === 'string' ? openUnion(attribute.canonicalValues) : type
}

/** What a patch takes: a list or one element of it where there may be several. */
function settableType(attribute: AttributeModel, names: SchemaNames): string {
  const type = names.complex.get(attribute)?.input ?? simpleType(attribute)
  if (!attribute.multiValued) return type
  return `${type.includes('|') ? `(${type})` : type}[] | ${type}`
}
