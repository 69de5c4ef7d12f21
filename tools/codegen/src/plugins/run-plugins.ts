import { isObject } from '@scimkit/core/internal'
import { headerLine } from '../emit/header-line.js'
import type { CodegenModel } from '../model/codegen-model.js'
import type { CodegenPlugin, EmittedFile } from './codegen-plugin.js'
import { emitIndex } from './emit-index.js'

/** A plug-in that could not do its work; the message names it. */
export class PluginError extends Error {
  override get name(): string {
    return 'PluginError'
  }

  constructor(
    /** Name of the plug-in. */
    readonly plugin: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * Lets plug-ins emit their files, and adds the index of what these export.
 *
 * @param plugins Plug-ins in their order.
 * @param model What they make files of.
 * @returns Text by path, sorted by path.
 * @throws {PluginError} When a plug-in fails, returns something other than a list of files, or a file that another one has returned.
 */
export async function runPlugins(
  plugins: readonly CodegenPlugin[],
  model: CodegenModel,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  const givers = new Map<string, string>()
  const all: EmittedFile[] = []
  for (const plugin of plugins) {
    for (const file of await emitWith(plugin, model)) {
      const first = givers.get(file.path)
      if (first !== undefined)
        throw new PluginError(
          plugin.name,
          `the plug-in ${first} has written ${file.path} already; give the file another path`,
        )
      givers.set(file.path, plugin.name)
      files.set(file.path, file.text)
      all.push(file)
    }
  }
  const index = model.context.core ? '' : emitIndex(all)
  if (index !== '' && !files.has('index.ts')) files.set('index.ts', headerLine(undefined, model.command) + index)
  return new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1)))
}

async function emitWith(plugin: CodegenPlugin, model: CodegenModel): Promise<readonly EmittedFile[]> {
  let files: unknown
  try {
    files = await plugin.emit(model)
  } catch (cause) {
    const { message = String(cause) } = (cause ?? {}) as { message?: string } // plug-ins may throw anything
    const [line = ''] = message.split('\n', 1)
    // Messages that tell the way out have it behind a semicolon.
    const way = line.includes('; ') ? '' : '; fix the plug-in, or remove it from plugins'
    throw new PluginError(plugin.name, line + way, { cause })
  }
  if (Array.isArray(files) && files.every(isFile)) return files
  throw new PluginError(plugin.name, 'emit returned no list of files; return a list of { path, text }')
}

function isFile(value: unknown): value is EmittedFile {
  return isObject(value) && typeof value.path === 'string' && value.path !== '' && typeof value.text === 'string'
}
