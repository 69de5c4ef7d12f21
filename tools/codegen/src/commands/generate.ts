import type { RunResult } from '../output/settle-files.js'
import { withProgress } from '../show-progress.js'
import type { Command, CommandOptions } from './command.js'
import { wrongUse } from './parse-flags.js'
import { generateFlags, inputFlags, outFolder, readSourceFlags, sourceFlags } from './source-flags.js'

/** `scim-codegen generate`. */
export const generate: Command = {
  usage: 'generate',
  description: 'Writes types, validators and schema data of SCIM schemas, as flags and scim.config say.',
  flags: { ...inputFlags, ...outFolder, ...generateFlags, ...sourceFlags },
  run,
}

async function run(args: readonly string[], options: CommandOptions): Promise<RunResult> {
  const { signal = new AbortController().signal, onBuild = () => undefined, progressTo } = options
  const flags = readSourceFlags(args, 'generate')
  if (typeof flags === 'string') return wrongUse(flags)
  if (flags.watch) {
    const { runWatch } = await import('./watch/run-watch.js')
    return runWatch(flags, { signal, onBuild, progressTo })
  }
  const [{ readSettings }, { runGenerate }] = await Promise.all([
    import('../config/read-settings.js'),
    import('../run-generate.js'),
  ])
  const settings = await readSettings(flags, 'code')
  if (typeof settings === 'string') return wrongUse(settings)
  return withProgress(progressTo, (onProgress) => runGenerate({ ...settings.run, onProgress }))
}
