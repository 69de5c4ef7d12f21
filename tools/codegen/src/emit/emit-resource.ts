import type { ResourceTypeDocument } from '@scimkit/core/documents'
import type { ZodPackage } from '../model/codegen-model.js'
import type { EmitContext } from '../model/emit-context.js'
import type { ResourceModel } from '../model/resource-model.js'
import type { SchemaNames } from '../model/schema-model.js'
import { describeMethod, genericCall, importLine, lazyConstant } from './import-text.js'
import { docComment, lineWidth, literal, propertyName } from './source-text.js'

/** Which of a resource type's two definitions is wanted. */
export interface ResourceVariant {
  /** Whether it has validators; without them it brings no zod. */
  readonly validators: boolean
  /** zod package of the validators. */
  readonly zod: ZodPackage
}

/**
 * Emits the definition of a resource type: its own or core's base, extended by its extensions.
 *
 * @param resource Resource type with its schemas.
 * @param context Where the code will be.
 * @param variant With validators or without.
 * @returns The module's text without the header line.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-6
 */
export function emitResource(resource: ResourceModel, context: EmitContext, variant: ResourceVariant): string {
  const { document, value, types, base, extensions } = resource
  const what = document.description || `The ${document.name} resource type.`
  const light = `\n\nWithout validators; \`${resource.file}.resource.gen.ts\` has it with them.`
  const text = docComment(variant.validators ? what : what + light)
  const imports = emitImports(resource, context, variant)
  if (extensions.length === 0) {
    const [output, input, paths] = base.from === 'core' ? baseTypes : typesOf(base.names.type)
    if (base.from === 'core') return `${imports}\n${text}${emitConstant(value, baseTypes, 'base')}`
    const start = lazyConstant(`export const ${value}`, 'ResourceDefinition', [output, input, paths])
    return `${imports}\n${text}${start}${emitDefinition(document, base.names, variant)}`
  }
  const inner =
    base.from === 'core'
      ? ''
      : `${lazyConstant('const base', 'ResourceDefinition', typesOf(base.names.type))}${emitDefinition(document, base.names, variant)}\n`
  const calls = extensions.map(({ source, required }) => {
    const extension = source.from === 'core' ? source.value : source.names.value
    return `.extend(${extension}${required ? ', { required: true }' : ''})`
  })
  const shapes = variant.validators ? '' : emitTypes(resource)
  return `${imports}\n${shapes}${inner}${text}${emitConstant(value, types, chain(calls))}`
}

/** Writes the constant that holds the definition, its value on one line where it fits. */
function emitConstant(name: string, types: readonly string[], value: string): string {
  const head = `export const ${name}: ResourceDefinition<${types.join(', ')}> =`
  const pure = `/* @__PURE__ */ (() => ${value})()`
  const isLong = value.includes('\n') || head.length > lineWidth || pure.length + 2 > lineWidth
  if (isLong) return `${lazyConstant(`export const ${name}`, 'ResourceDefinition', types)}  ${value})()\n`
  return `${head}${head.length + 1 + pure.length <= lineWidth ? ' ' : '\n  '}${pure}\n`
}

const baseTypes = ['Base', 'BaseInput', 'BasePaths'] as const

function typesOf(type: string): readonly [string, string, string] {
  return [type, `${type}Input`, `${type}Paths`]
}

/** Types of an extended resource: the same as `extend` infers, with names that editors and messages can show. */
function emitTypes({ document, types, base, extensions }: ResourceModel): string {
  const [output, input, paths] = types
  const [baseOutput, baseInput, basePaths] = base.from === 'core' ? baseTypes : typesOf(base.names.type)
  const names = extensions.map(({ source }) => typesOf(source.from === 'core' ? source.type : source.names.type))
  const members = (use: 0 | 1, absent: string) =>
    extensions.map(({ urn, ...extension }, index) => {
      const type = names[index]?.[use]
      const required = use === 0 ? extension.required : extension.requiredInInput
      return `  ${propertyName(urn)}${required ? '' : '?'}: ${type}${required ? '' : absent}\n`
    })
  return `/** A ${document.name} as it is read, extensions included. */
export interface ${output} extends ${baseOutput} {
${members(0, ' | undefined').join('')}}

/** What may be written to a ${document.name}; \`null\` unassigns an extension. */
export interface ${input} extends ${baseInput} {
${members(1, ' | null | undefined').join('')}}

/** Attribute paths of a ${document.name}, extensions included. */
export type ${paths} = ${intersection([basePaths, ...names.map((own) => own[2])], `export type ${paths} = `.length)}

`
}

function intersection(types: readonly string[], used: number): string {
  const line = types.join(' & ')
  return used + line.length <= lineWidth ? line : types.join(' &\n  ')
}

function emitDefinition(document: ResourceTypeDocument, names: SchemaNames, { validators }: ResourceVariant): string {
  const types = typesOf(names.type)
  const parts = { name: document.name, endpoint: document.endpoint, description: document.description || undefined }
  const texts = literal(parts, '  ', lineWidth).split('\n').slice(1, -1)
  return `  ${genericCall('defineResource', types)}({
${texts.join('\n')}
    schema: ${names.value}Schema,
${validators ? `    validation: ${names.value}Validation,\n` : ''}${describeMethod(names, '    ')}  }))()
`
}

function chain(calls: readonly string[]): string {
  const line = `base${calls.join('')}`
  return line.length < 60 ? line : `base${calls.map((call) => `\n    ${call}`).join('')}`
}

function emitImports(resource: ResourceModel, context: EmitContext, variant: ResourceVariant): string {
  const { base, extensions } = resource
  const lines = [...importsOfCore(resource, context, variant)]
  for (const { source } of extensions) {
    if (source.from !== 'generated') continue
    const { value, file, type } = source.names
    lines.push(importLine([value], `./${file}.${variant.validators ? 'extension' : 'schema'}.gen.js`))
    if (!variant.validators) lines.push(importLine(asTypes(typesOf(type)), `./${file}.types.gen.js`))
  }
  if (base.from === 'generated') lines.push(...importsOfBase(base.names, variant))
  if (variant.validators && extensions.length > 0) {
    lines.push(importLine(asTypes(resource.types), `./${resource.file}.definition.gen.js`))
  }
  return lines.join('')
}

/** Names of core by module: definitions with validators of zod/mini have a module of their own. */
function importsOfCore(
  { base, extensions }: ResourceModel,
  context: EmitContext,
  { validators, zod }: ResourceVariant,
): readonly string[] {
  const light = context.moduleOf('schema', '@scimkit/core/schema')
  const main = validators && zod === 'zod' ? context.moduleOf('index', '@scimkit/core') : light
  const ready = validators && zod === 'zod/mini' ? '@scimkit/core/mini' : main
  const core = extensions.flatMap(({ source }) => (source.from === 'core' ? [source] : []))
  const names = new Map<string, string[]>()
  const add = (module: string, ...added: string[]) => names.set(module, [...(names.get(module) ?? []), ...added])
  add(ready, ...core.map(({ value }) => value))
  if (base.from === 'core') add(ready, `${base.value} as base`)
  else {
    add(main, 'defineResource')
    add(light, 'describeSchema')
  }
  add(main, 'type ResourceDefinition')
  const typesToo = !validators || extensions.length === 0
  if (typesToo && base.from === 'core') {
    add(main, ...typesOf(base.type).map((type, index) => `type ${type} as ${baseTypes[index]}`))
  }
  if (!validators) add(main, ...core.flatMap(({ type }) => asTypes(typesOf(type))))
  return [...names].map(([module, list]) => importLine(list, module))
}

function importsOfBase(names: SchemaNames, { validators }: ResourceVariant): readonly string[] {
  const { type, value, file } = names
  return [
    importLine([`${value}Schema`], `./${file}.schema.gen.js`),
    importLine(asTypes(typesOf(type)), `./${file}.types.gen.js`),
    ...(validators ? [importLine([`${value}Validation`], `./${file}.zod.gen.js`)] : []),
  ]
}

function asTypes(names: readonly string[]): readonly string[] {
  return names.map((name) => `type ${name}`)
}
