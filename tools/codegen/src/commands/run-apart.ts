import type { RunResult } from '../output/settle-files.js'
import type { CodegenPlugin } from '../plugins/codegen-plugin.js'
import { withProgress } from '../show-progress.js'
import type { CommandOptions } from './command.js'
import { wrongUse } from './parse-flags.js'
import { readSourceFlags } from './source-flags.js'

/** A plug-in that a command runs alone. */
export interface LonePlugin {
  /** Name of the command. */
  readonly command: string
  /** What `--out` names. */
  readonly outKind: 'file' | 'folder'
  /** The plug-in, and the folder that its files go to, for the value of `--out`. */
  aim(out: string): { readonly plugin: CodegenPlugin; readonly folder: string }
}

/**
 * Runs one plug-in alone; other files in its folder are left as they are.
 *
 * @param args Arguments after the name of the command.
 * @param lone The plug-in.
 * @param options Where progress is shown.
 * @returns Status and lines; on any fault nothing is written.
 */
export async function runApart(
  args: readonly string[],
  { command, outKind, aim }: LonePlugin,
  { progressTo }: CommandOptions,
): Promise<RunResult> {
  const flags = readSourceFlags(args, command)
  if (typeof flags === 'string') return wrongUse(flags)
  const [{ readSettings }, { runGenerate }] = await Promise.all([
    import('../config/read-settings.js'),
    import('../run-generate.js'),
  ])
  const settings = await readSettings(flags, outKind)
  if (typeof settings === 'string') return wrongUse(settings)
  const { plugin, folder } = aim(settings.run.out)
  const run = {
    ...settings.run,
    out: folder,
    plugins: [plugin],
    openapi: undefined,
    format: 'ts',
    owned: false,
  } as const
  return withProgress(progressTo, (onProgress) =>
    runGenerate({ ...run, command: `scim-codegen ${command}`, onProgress }),
  )
}
