import { emitExtension } from '../emit/emit-extension.js'
import { emitResource } from '../emit/emit-resource.js'
import { emitZod } from '../emit/emit-zod.js'
import { fingerprintLine, headerLine } from '../emit/header-line.js'
import type { CodegenModel, SchemaToEmit } from '../model/codegen-model.js'
import { createMemory } from '../remember.js'
import type { CodegenPlugin, EmittedFile } from './codegen-plugin.js'

/**
 * Makes the plug-in that writes zod validators, and extensions and definitions with them.
 *
 * @returns The plug-in `zod`.
 */
export function zod(): CodegenPlugin {
  return {
    name: 'zod',
    needs: ['types'],
    emit(model) {
      const schemas = model.schemas.filter((schema) => schema.model.kind !== 'discovery')
      const files = schemas.flatMap((schema, index) => {
        model.onProgress?.('generate', index + 1, schemas.length, schema.file)
        return emitOnce(schema, model)
      })
      return model.context.core ? files : [...files, ...emitResources(model)]
    },
  }
}

const remember = createMemory<readonly EmittedFile[]>()

function emitOnce(schema: SchemaToEmit, model: CodegenModel): readonly EmittedFile[] {
  const key = JSON.stringify([schema.file, model.command, model.context.core, model.zod])
  return remember(schema.names, key, () => emitSchemaFiles(schema, model))
}

function emitSchemaFiles(
  { file, model, names }: SchemaToEmit,
  { context, command, zod }: CodegenModel,
): readonly EmittedFile[] {
  const header = headerLine(file, command)
  const validators = {
    path: `${names.file}.zod.gen.ts`,
    text: header + emitZod(model, names, { context, zod }),
    exports: { values: [`${names.value}Schemas`] },
  }
  if (model.kind !== 'extension' || context.core) return [validators]
  const text = header + emitExtension(model, names, context)
  return [validators, { path: `${names.file}.extension.gen.ts`, text, exports: { values: [names.value] } }]
}

function emitResources({ resources, context, command, zod }: CodegenModel): readonly EmittedFile[] {
  return resources.map(({ file, resourceType, resource }) => ({
    path: `${resource.file}.resource.gen.ts`,
    text:
      headerLine(file, command) +
      fingerprintLine(resourceType.source) +
      emitResource(resource, context, { validators: true, zod }),
    exports: { values: [resource.value] },
  }))
}
