import type { SchemaModel } from '../schema-model.js'
import type { CodegenPlugin } from './codegen-plugin.js'
import type { FolderOptions } from './docs-plugin.js'
import { sampleResource } from './sample-resource.js'

const seeds = [0, 1, 2]

/**
 * Makes the plug-in that writes valid samples of each schema, as they are sent and as they are answered.
 *
 * @param options Where the samples go, by default to `samples`.
 * @returns The plug-in `samples`.
 */
export function samples({ folder = 'samples' }: FolderOptions = {}): CodegenPlugin {
  return {
    name: 'samples',
    emit: ({ schemas }) =>
      schemas.map(({ model, names }) => ({ path: `${folder}/${names.file}.samples.json`, text: emitSamples(model) })),
  }
}

function emitSamples(schema: SchemaModel): string {
  const of = (use: 'input' | 'output') => seeds.map((seed) => sampleResource(schema, use, seed))
  return `${JSON.stringify({ schema: schema.id, input: of('input'), output: of('output') }, null, 2)}\n`
}
