import { fingerprintLine, headerLine } from './emit-context.js'
import { emitDescriptions } from './emit-descriptions.js'
import { emitExtension } from './emit-extension.js'
import { emitIndex } from './emit-index.js'
import { emitResource, type ResourceModel } from './emit-resource.js'
import { emitSchema } from './emit-schema.js'
import { emitTypes } from './emit-types.js'
import { emitZod } from './emit-zod.js'
import type { SourcedResourceType, SourcedSchema } from './read-sources.js'
import type { EmitContext, SchemaModel, SchemaNames } from './schema-model.js'

/** A schema that is ready to be emitted, with the document that it comes from. */
export interface SchemaToEmit extends SourcedSchema {
  readonly model: SchemaModel
  readonly names: SchemaNames
}

/** A resource type that is ready to be emitted, with the document that it comes from. */
export interface ResourceToEmit extends SourcedResourceType {
  readonly resource: ResourceModel
}

/** Where the code will lie, and the command that its header lines name. */
export interface EmitOptions {
  readonly context: EmitContext
  readonly command: string
}

/** Name and text of a file. */
type EmittedFile = readonly [name: string, text: string]

/**
 * Emits every file of a run, header lines included.
 *
 * @param schemas Schemas with their names.
 * @param resources Resource types with their schemas.
 * @param options Where the code will lie.
 * @returns Text by file name, sorted by name.
 */
export async function emitFiles(
  schemas: readonly SchemaToEmit[],
  resources: readonly ResourceToEmit[],
  options: EmitOptions,
): Promise<ReadonlyMap<string, string>> {
  const emitted = await Promise.all(schemas.map((schema) => emitSchemaFiles(schema, options)))
  const files = emitted.flat()
  if (!options.context.core) {
    files.push(...resources.map((resource) => emitResourceFile(resource, options)))
    const index = emitIndex(new Map(schemas.map(({ model, names }) => [model, names])), resources)
    files.push(['index.ts', headerLine(undefined, options.command) + index])
  }
  return new Map(files.sort(([left], [right]) => (left < right ? -1 : 1)))
}

async function emitSchemaFiles(
  { file, schema, model, names }: SchemaToEmit,
  { context, command }: EmitOptions,
): Promise<readonly EmittedFile[]> {
  const fingerprint = fingerprintLine(schema.source)
  const extension = model.kind === 'extension' && !context.core
  const texts: readonly EmittedFile[] = [
    ['types', await emitTypes(model, names, context)],
    ['schema', fingerprint + emitSchema(model, names, context)],
    ['descriptions', emitDescriptions(model, names, context)],
    ['zod', emitZod(model, names, context)],
    ['extension', extension ? emitExtension(model, names, context) : ''],
  ]
  return texts
    .filter(([, text]) => text !== '')
    .map(([part, text]) => [`${names.file}.${part}.gen.ts`, headerLine(file, command) + text])
}

function emitResourceFile({ file, resourceType, resource }: ResourceToEmit, options: EmitOptions): EmittedFile {
  const start = headerLine(file, options.command) + fingerprintLine(resourceType.source)
  return [`${resource.file}.resource.gen.ts`, start + emitResource(resource, options.context)]
}
