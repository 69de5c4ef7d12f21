import type { EmitContext } from '../model/emit-context.js'
import type { AttributeModel, SchemaModel, SchemaNames } from '../model/schema-model.js'
import { describeMethod, genericCall, importLine, lazyConstant } from './import-text.js'
import { docComment, type LiteralValue, lineWidth, literal, quote } from './source-text.js'

/**
 * Emits a schema as data: the characteristics that differ from the defaults of RFC 7643 §2.2. Outside core the file of
 * an extension holds the extension too, without validators.
 *
 * @param schema Checked schema.
 * @param names Its identifiers.
 * @param context Where the code will be.
 * @returns The module's text without the header line.
 */
export function emitSchema(schema: SchemaModel, names: SchemaNames, context: EmitContext): string {
  const extension = schema.kind === 'extension' && !context.core
  const imports = extension ? extensionImports(names, context) : schemaImports(context)
  const declaration = { id: schema.id, name: schema.name, attributes: schema.attributes.map(declare) }
  return [
    imports,
    `${docComment(schema.description || `The schema ${schema.name}.`)}${[
      `export const ${names.value}Schema: SchemaDefinition = /* @__PURE__ */ (() =>`,
      `  defineSchema(${literal(declaration, '  ', 15)}))()`,
    ].join('\n')}\n`,
    ...(extension ? [emitExtension(schema, names)] : []),
  ].join('\n')
}

function schemaImports(context: EmitContext): string {
  const module = context.moduleOf('schema/schema-definition', '@scimkit/core/schema')
  return importLine(['defineSchema', 'type SchemaDefinition'], module)
}

function extensionImports({ type, file }: SchemaNames, context: EmitContext): string {
  const values = ['defineExtension', 'defineSchema', 'describeSchema']
  const types = ['type ExtensionParts', 'type SchemaDefinition', 'type SchemaExtension']
  const own = [`type ${type}`, `type ${type}Input`, `type ${type}Paths`]
  return [
    importLine([...values, ...types], context.moduleOf('schema', '@scimkit/core/schema')),
    importLine(own, `./${file}.types.gen.js`),
  ].join('')
}

function emitExtension(schema: SchemaModel, names: SchemaNames): string {
  const { type, value, file } = names
  return `/** URN of the extension, as a type. */
export type ${type}Urn = ${quote(schema.id)}

/** Parts of the extension, which the module with validators completes. */
export const ${value}Parts: ExtensionParts = /* @__PURE__ */ (() => ({
  schema: ${value}Schema,
${describeMethod(names, '  ')}}))()

${docComment(`${schema.description || `The extension ${schema.name}.`}\n\nWithout validators; \`${file}.extension.gen.ts\` has it with them.`)}${emitExtensionValue(type, value, `${value}Parts`)}`
}

/**
 * Writes the constant that holds an extension.
 *
 * @param type Type name of its schema.
 * @param value Name of the constant.
 * @param parts Expression that gives its parts.
 * @returns The statement with its line break.
 */
export function emitExtensionValue(type: string, value: string, parts: string): string {
  const types = [`${type}Urn`, type, `${type}Input`, `${type}Paths`]
  const start = lazyConstant(`export const ${value}`, 'SchemaExtension', types)
  const call = `  ${genericCall('defineExtension', types)}(`
  const isLong = !parts.includes('\n') && call.slice(call.lastIndexOf('\n') + 1).length + parts.length + 4 > lineWidth
  return `${start}${call}${isLong ? `\n    ${parts},\n  ` : parts}))()\n`
}

/** What equals the default is left out, and so is whatever a reference or binary has anyway. */
function declare(attribute: AttributeModel): LiteralValue {
  const { name, type, multiValued, required, mutability, returned, uniqueness } = attribute
  const caseExact = attribute.caseExact && type !== 'reference' && type !== 'binary'
  return {
    name,
    type: type === 'string' ? undefined : type,
    multiValued: multiValued || undefined,
    required: required || undefined,
    canonicalValues: attribute.canonicalValues,
    caseExact: caseExact || undefined,
    mutability: mutability === 'readWrite' ? undefined : mutability,
    returned: returned === 'default' ? undefined : returned,
    uniqueness: uniqueness === 'none' ? undefined : uniqueness,
    referenceTypes: attribute.referenceTypes,
    subAttributes: attribute.subAttributes?.map(declare),
  }
}
