import type { ResourceTypeDocument } from '@scimkit/core/documents'
import { describeMethod, genericCall, importLine, lazyConstant } from './import-text.js'
import type { EmitContext, SchemaNames } from './schema-model.js'
import { docComment, lineWidth, literal } from './source-text.js'

/** Where a definition or an extension comes from: core, or generated beside. */
export type DefinitionSource =
  | { readonly from: 'core'; readonly value: string }
  | { readonly from: 'generated'; readonly names: SchemaNames }

/** A resource type with its schemas found. */
export interface ResourceModel {
  readonly document: ResourceTypeDocument
  /** Name of the constant, such as `userResource`. */
  readonly value: string
  /** Stem of its file. */
  readonly file: string
  readonly base: DefinitionSource
  readonly extensions: readonly { readonly source: DefinitionSource; readonly required: boolean }[]
}

/**
 * Emits the definition of a resource type: its own or core's base, extended by its extensions.
 *
 * @param resource Resource type with its schemas.
 * @param context Where the code will lie.
 * @returns The module's text without the header line.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-6
 */
export function emitResource(resource: ResourceModel, context: EmitContext): string {
  const { document, value, base } = resource
  const text = docComment(document.description || `The ${document.name} resource type.`)
  const imports = emitImports(resource, context)
  const calls = resource.extensions.map(({ source, required }) => {
    const extension = source.from === 'core' ? source.value : source.names.value
    return `.extend(${extension}${required ? ', { required: true }' : ''})`
  })
  const extended = `${text}export const ${value} = /* @__PURE__ */ (() => ${chain(calls)})()\n`
  if (base.from === 'core') return `${imports}\n${extended}`
  if (calls.length === 0) return `${imports}\n${text}${emitDefinition(`export const ${value}`, document, base.names)}`
  return `${imports}\n${emitDefinition('const base', document, base.names)}\n${extended}`
}

function emitDefinition(start: string, document: ResourceTypeDocument, names: SchemaNames): string {
  const { type, value } = names
  const types = [type, `${type}Input`, `${type}Paths`]
  const parts = { name: document.name, endpoint: document.endpoint, description: document.description || undefined }
  const texts = literal(parts, '  ', lineWidth).split('\n').slice(1, -1)
  return `${lazyConstant(start, 'ResourceDefinition', types)}  ${genericCall('defineResource', types)}({
${texts.join('\n')}
    schema: ${value}Schema,
    validation: ${value}Validation,
${describeMethod(names, '    ')}  }))()
`
}

function chain(calls: readonly string[]): string {
  const line = `base${calls.join('')}`
  return line.length < 60 ? line : `\n  base${calls.map((call) => `\n    ${call}`).join('')}`
}

function emitImports({ base, extensions }: ResourceModel, context: EmitContext): string {
  const sources = extensions.map(({ source }) => source)
  const core = sources.flatMap((source) => (source.from === 'core' ? [source.value] : []))
  const own =
    base.from === 'core' ? [`${base.value} as base`] : ['defineResource', 'describeSchema', 'type ResourceDefinition']
  const beside = sources.flatMap((source) => (source.from === 'generated' ? [source.names] : []))
  return [
    importLine([...core, ...own], context.moduleOf('index', '@scimkit/core')),
    ...beside.map(({ value, file }) => importLine([value], `./${file}.extension.gen.js`)),
    ...(base.from === 'core' ? [] : importsOfBase(base.names)),
  ].join('')
}

function importsOfBase({ type, value, file }: SchemaNames): readonly string[] {
  return [
    importLine([`${value}Schema`], `./${file}.schema.gen.js`),
    importLine([`type ${type}`, `type ${type}Input`, `type ${type}Paths`], `./${file}.types.gen.js`),
    importLine([`${value}Validation`], `./${file}.zod.gen.js`),
  ]
}
