import { emitOpenApiJson, emitOpenApiTypes } from '../emit/emit-openapi.js'
import { headerLine } from '../emit/header-line.js'
import { describeService } from '../model/describe-service.js'
import type { CodegenPlugin } from './codegen-plugin.js'

/** Options of {@link openapi}. */
export interface OpenApiOptions {
  /** File of the document, from the output folder. Default: `openapi.json`. */
  readonly file?: string | undefined
  /** File for the TypeScript types of the document, from the output folder. */
  readonly types?: string | undefined
}

/**
 * Makes the plug-in that writes the OpenAPI 3.1 document of the service.
 *
 * @param options Where the document goes, and whether types go beside it.
 * @returns The plug-in `openapi`.
 */
export function openapi({ file = 'openapi.json', types }: OpenApiOptions = {}): CodegenPlugin {
  return {
    name: 'openapi',
    async emit({ sources, command }) {
      const document = await describeService(sources)
      const files = [{ path: file, text: emitOpenApiJson(document) }]
      if (types === undefined) return files
      return [...files, { path: types, text: headerLine(file, command) + (await emitOpenApiTypes(document)) }]
    },
  }
}
