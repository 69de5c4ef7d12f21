import type { EmitContext } from '../model/emit-context.js'
import type { AttributeModel, SchemaModel, SchemaNames } from '../model/schema-model.js'
import { compileInterfaces } from './compile-interfaces.js'
import { buildJsonSchema, type InterfaceModel, isPresent, listInterfaces } from './emit-json-schema.js'
import { emitPaths } from './emit-paths.js'
import { docComment, propertyName } from './source-text.js'
import { typeMember } from './type-text.js'

/**
 * Emits the interfaces of a schema: what may be read, what may be written, and the attribute paths.
 *
 * @param schema Checked schema.
 * @param names Its identifiers.
 * @param context Where the code will be.
 * @returns The module's text without the header line.
 */
export async function emitTypes(schema: SchemaModel, names: SchemaNames, context: EmitContext): Promise<string> {
  const interfaces = listInterfaces(schema, names)
  const types = await compileInterfaces(buildJsonSchema(interfaces, names), names.type)
  const blocks = interfaces.map((model) => {
    const typeOf = (attribute: AttributeModel) => types.require(model.name, attribute.name)
    return emitInterface(model, describeInterface(model, schema), typeOf)
  })
  if (schema.kind !== 'discovery') blocks.push(emitPaths(schema, names))
  const body = blocks.join('\n')
  return `${emitImports(body, context)}${body}`
}

function emitImports(body: string, context: EmitContext): string {
  const wanted = [
    ['Meta', 'schema/common-attributes', /\bMeta\b/],
    ['Present', 'schema/attribute-path', /: Present\b/],
  ] as const
  const byModule = new Map<string, string[]>()
  for (const [name, file, use] of wanted) {
    if (!use.test(body)) continue
    const module = context.moduleOf(file, '@scimkit/core/schema')
    byModule.set(module, [...(byModule.get(module) ?? []), name])
  }
  const lines = [...byModule].map(([module, list]) => `import type { ${list.join(', ')} } from '${module}'\n`)
  return lines.length === 0 ? '' : `${lines.join('')}\n`
}

function emitInterface(model: InterfaceModel, text: string, typeOf: (attribute: AttributeModel) => string): string {
  const members = model.attributes.map((attribute) => emitMember(attribute, model, typeOf(attribute)))
  if (members.length === 0) return `${docComment(text)}export type ${model.name} = Record<never, never>\n`
  return `${docComment(text)}export interface ${model.name} {\n${members.join('')}}\n`
}

function emitMember(attribute: AttributeModel, { use, readOnly }: InterfaceModel, type: string): string {
  const present = isPresent(attribute, use)
  const start = `${readOnly || attribute.mutability === 'readOnly' ? 'readonly ' : ''}${propertyName(attribute.name)}`
  const end = present ? [] : use === 'input' ? ['null', 'undefined'] : ['undefined']
  return `${docComment(describeAttribute(attribute), '  ')}${typeMember(`${start}${present ? '' : '?'}`, type, end)}`
}

/** The description, then the characteristics in the words of RFC 7643 §7. */
function describeAttribute(attribute: AttributeModel): string {
  const { type, mutability, returned, uniqueness, caseExact } = attribute
  const textual = type === 'string' || type === 'reference' || type === 'binary'
  const characteristics = [
    type === 'string' || type === 'complex' || type === 'boolean' ? '' : type,
    mutability,
    `returned: ${returned}`,
    uniqueness === 'none' ? '' : `uniqueness: ${uniqueness}`,
    textual ? (caseExact ? 'case exact' : 'any case') : '',
  ]
  return `${attribute.description ?? ''} [${characteristics.filter(Boolean).join(', ')}]`
}

function describeInterface(model: InterfaceModel, schema: SchemaModel): string {
  if (model.of) {
    const what = model.of.multiValued ? 'One value' : 'Value'
    return `${what} of \`${model.of.name}\`${model.use === 'input' ? ' as it may be written' : ''}.`
  }
  if (model.use === 'output') return schema.description || `The schema ${schema.name}.`
  return `What may be written to a ${schema.name}; \`null\` unassigns an attribute.`
}
