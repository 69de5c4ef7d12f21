import { attributesOf, type ResourceUse } from '@scimkit/core/documents'
import type { ZodPackage } from '../model/codegen-model.js'
import type { EmitContext } from '../model/emit-context.js'
import type { AttributeModel, SchemaModel, SchemaNames } from '../model/schema-model.js'
import { isPresent } from './emit-json-schema.js'
import { importLine } from './import-text.js'
import { lineWidth, propertyName } from './source-text.js'

/** Where validators will lie, and what they are made with. */
export interface ZodOptions {
  readonly context: EmitContext
  /** `zod/mini` makes functions of what are methods in zod, so that a bundler leaves the rest of them out. */
  readonly zod: ZodPackage
}

/** The groups of core's `valueSchemas`, in the order in which the code names them. */
const places = ['nullish', 'optional', 'required', 'value'] as const

/**
 * Emits the zod validators of a schema: a whole module without the header line, ending in a line break. It exports
 * `${names.value}Schemas` (create, replace, resource), `${names.value}Validation`, the part that definitions compose,
 * and, within core, the shapes that both are made of. Core's `resourceFromSchemas` builds the same shapes at run time.
 *
 * @param schema Checked schema.
 * @param names Its identifiers; the interfaces lie in `./${names.file}.types.gen.js`.
 * @param options Where the code will be, and the zod package.
 * @returns The module's text; empty for discovery documents, which no client writes.
 */
export function emitZod(schema: SchemaModel, names: SchemaNames, { context, zod }: ZodOptions): string {
  if (schema.kind === 'discovery') return ''
  const { type, value } = names
  const shapes = (['input', 'output'] as const).map((use) => `    ${use}: ${emitShape(schema, use, zod)},\n`).join('')
  const used = places.filter((place) => [` ${place}.`, `(${place}.`].some((use) => shapes.includes(use)))
  const build = schema.kind === 'extension' ? 'buildExtensionSchemas' : 'buildResourceSchemas'
  const needs = { build, usesZod: shapes.includes('z.'), usesValues: used.length > 0, zod }
  return `${emitImports(names, context, needs)}
/** Builds the zod schemas of ${type} by attribute: what may be written, and what is returned. */
${context.core ? 'export ' : ''}const ${value}Shapes = () => {
${used.length === 0 ? '' : `  const { ${used.join(', ')} } = valueSchemas\n`}  return {
${shapes}  }
}

/** Part of ${type} in the validators of a definition. */
export const ${value}Validation: ZodValidation = /* @__PURE__ */ (() =>
  defineValidation(${value}Schema, ${value}Shapes))()

/** zod validators of ${type}, one for each way it is used. */
export const ${value}Schemas: UseSchemas<${type}, ${type}Input> = /* @__PURE__ */ (() =>
  ${build}<${type}, ${type}Input>(${value}Validation))()
`
}

interface ImportNeeds {
  readonly build: string
  readonly usesZod: boolean
  readonly usesValues: boolean
  readonly zod: ZodPackage
}

function emitImports({ type, value, file }: SchemaNames, context: EmitContext, needs: ImportNeeds): string {
  const validation = [needs.build, 'defineValidation', 'type UseSchemas', 'type ZodValidation']
  const values = needs.usesValues ? ['valueSchemas'] : []
  const entry = needs.zod === 'zod' ? '@scimkit/core/zod' : '@scimkit/core/mini'
  return [
    needs.usesZod ? `import * as z from '${needs.zod}'\n` : '',
    importLine([...values, ...validation], context.moduleOf('validation/zod', entry)),
    `import { ${value}Schema } from './${file}.schema.gen.js'\n`,
    `import type { ${type}, ${type}Input } from './${file}.types.gen.js'\n`,
  ].join('')
}

/** What every resource has comes first; of `schemas` any text will do, since servers send what is not a URI there. */
function emitShape(schema: SchemaModel, use: ResourceUse, zod: ZodPackage): string {
  const attributes = [...schema.commonAttributes, ...schema.attributes]
  const members = attributesOf(attributes, use).map((attribute) => {
    const isSchemas = attribute === schema.commonAttributes.find(({ name }) => name === 'schemas')
    const shown = isSchemas ? { ...attribute, type: 'string' as const } : attribute
    return [attribute.name, emitValue(shown, { use, zod }, '      ')] as const
  })
  return emitMembers(members, '    ', 'long')
}

/** What the text of a value depends on beside its attribute. */
interface ValueUse {
  readonly use: ResourceUse
  readonly zod: ZodPackage
}

function emitValue(attribute: AttributeModel, valueUse: ValueUse, indent: string): string {
  const { use, zod } = valueUse
  const present = isPresent(attribute, use)
  const { type, multiValued } = attribute
  if (type !== 'complex' && !multiValued) return `${placeOf(present, use)}.${type}`
  const element = type === 'complex' ? emitComplex(attribute, valueUse, indent) : `value.${type}`
  const list = multiValued ? `z.array(${element})` : element
  if (present) {
    if (!multiValued || use === 'output') return list
    return zod === 'zod' ? `${list}.min(1)` : `${list}.check(z.minLength(1))`
  }
  const absent = use === 'input' ? 'nullish' : 'optional'
  return zod === 'zod' ? `${list}.${absent}()` : `z.${absent}(${list})`
}

function emitComplex({ subAttributes = [] }: AttributeModel, valueUse: ValueUse, indent: string): string {
  const members = attributesOf(subAttributes, valueUse.use).map(
    (sub) => [sub.name, emitValue(sub, valueUse, `${indent}  `)] as const,
  )
  return `z.object(${emitMembers(members, indent, 'short')})`
}

function placeOf(present: boolean, use: ResourceUse): (typeof places)[number] {
  if (use === 'output') return present ? 'value' : 'optional'
  return present ? 'required' : 'nullish'
}

function emitMembers(
  members: readonly (readonly [string, string])[],
  indent: string,
  length: 'short' | 'long',
): string {
  const texts = members.map(([name, text]) => `${propertyName(name)}: ${text}`)
  const flat = texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`
  if (length === 'short' && !flat.includes('\n') && indent.length + flat.length + 40 <= lineWidth) return flat
  return `{\n${texts.map((text) => `${indent}  ${text},\n`).join('')}${indent}}`
}
