import { emitDescriptions } from '../emit/emit-descriptions.js'
import { listInterfaces } from '../emit/emit-json-schema.js'
import { emitResource } from '../emit/emit-resource.js'
import { emitSchema } from '../emit/emit-schema.js'
import { emitTypes } from '../emit/emit-types.js'
import { fingerprintLine, headerLine } from '../emit/header-line.js'
import type { CodegenModel, SchemaToEmit } from '../model/codegen-model.js'
import { createMemory } from '../remember.js'
import type { CodegenPlugin, EmittedFile } from './codegen-plugin.js'

/**
 * Makes the plug-in that writes interfaces and paths, schemas as data, their texts, and definitions without validators.
 *
 * @returns The plug-in `types`.
 */
export function types(): CodegenPlugin {
  return {
    name: 'types',
    async emit(model) {
      const files: EmittedFile[] = []
      for (const [index, schema] of model.schemas.entries()) {
        files.push(...(await emitOnce(schema, model)))
        model.onProgress?.('generate', index + 1, model.schemas.length, schema.file)
      }
      return [...files, ...(model.context.core ? [] : emitDefinitions(model))]
    },
  }
}

const remember = createMemory<Promise<readonly EmittedFile[]>>()

function emitOnce(schema: SchemaToEmit, model: CodegenModel): Promise<readonly EmittedFile[]> {
  const key = JSON.stringify([schema.file, model.command, model.context.core])
  return remember(schema.names, key, () => emitSchemaFiles(schema, model))
}

async function emitSchemaFiles(
  { file, schema, model, names }: SchemaToEmit,
  { context, command }: CodegenModel,
): Promise<readonly EmittedFile[]> {
  const { type, value } = names
  const header = headerLine(file, command)
  const interfaces = listInterfaces(model, names).map(({ name }) => name)
  const extension = model.kind === 'extension'
  return [
    {
      path: `${names.file}.types.gen.ts`,
      text: header + (await emitTypes(model, names, context)),
      exports: { types: model.kind === 'discovery' ? interfaces : [...interfaces, `${type}Paths`] },
    },
    {
      path: `${names.file}.schema.gen.ts`,
      text: header + fingerprintLine(schema.source) + emitSchema(model, names, context),
      exports: extension
        ? { types: [`${type}Urn`], values: [`${value}Schema`, value] }
        : { values: [`${value}Schema`] },
    },
    { path: `${names.file}.descriptions.gen.ts`, text: header + emitDescriptions(model, names, context) },
  ]
}

function emitDefinitions({ resources, context, command }: CodegenModel): readonly EmittedFile[] {
  return resources.map(({ file, resourceType, resource }) => ({
    path: `${resource.file}.definition.gen.ts`,
    text:
      headerLine(file, command) +
      fingerprintLine(resourceType.source) +
      emitResource(resource, context, { validators: false, zod: 'zod' }),
    exports: { types: resource.extensions.length > 0 ? resource.types : [], values: [resource.value] },
  }))
}
