import { ConfigError } from '../../config/config-error.js'
import { readSettings, type SettingFlags } from '../../config/read-settings.js'
import type { DocumentMemory } from '../../input/read-documents.js'
import type { RunResult } from '../../output/settle-files.js'
import { type GenerateRun, runGenerate } from '../../run-generate.js'
import { type ProgressStream, withProgress } from '../../show-progress.js'
import { watchInputs } from './watch-inputs.js'

/** What a watch says while it runs, and how it ends. */
export interface WatchOptions {
  /** Called with the lines of each build, as a run without a watch would return them. */
  readonly onBuild: (result: RunResult) => void
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Shows how far the first build is; those after it make only what changed. */
  readonly progressTo?: ProgressStream | undefined
}

/** Milliseconds in which the events of one change come together; editors cause several. */
const quiet = 5

/**
 * Generates, and again after every change of a schema file or of the configuration, until the signal ends it. Faulty
 * input is named and leaves the files as they are.
 *
 * @param flags Flags of `generate`.
 * @param options Where lines go, and what ends the watch.
 * @returns Status 0 when the signal has ended it, 2 when there is nothing to watch.
 */
export async function runWatch(flags: SettingFlags, { onBuild, signal, progressTo }: WatchOptions): Promise<RunResult> {
  const settings = await readSettings(flags, 'code')
  if (typeof settings === 'string') return { status: 2, output: [], errors: [`scim-codegen: ${settings}`] }
  let { run } = settings
  const inputs = watchInputs(signal)
  inputs.follow(run, settings.configFile) // before the build, or a change during it would be lost
  const memory: DocumentMemory = new Map()
  const build = (given: GenerateRun) => runGenerate({ ...given, memory })
  onBuild(await withProgress(progressTo, (onProgress) => build({ ...run, onProgress })))
  onBuild({ status: 0, output: ['watching for changes; Ctrl-C ends'], errors: [] })
  for (;;) {
    const change = await inputs.nextChange(quiet)
    if (change === undefined) return { status: 0, output: [], errors: [] }
    const result = await rebuild(change.config ? () => readRun(flags) : () => Promise.resolve(run), build)
    if (result.run) run = result.run
    inputs.follow(run, settings.configFile)
    const time = `built in ${Math.round(performance.now() - change.time)} ms`
    const { status, output, errors } = result.result
    onBuild(status === 2 ? { status, output, errors } : { status, output: [...output, time], errors })
  }
}

interface Rebuilt {
  readonly run?: GenerateRun
  readonly result: RunResult
}

async function rebuild(
  read: () => Promise<GenerateRun>,
  build: (run: GenerateRun) => Promise<RunResult>,
): Promise<Rebuilt> {
  try {
    const run = await read()
    return { run, result: await build(run) }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { result: { status: 2, output: [], errors: error.lines } }
  }
}

async function readRun(flags: SettingFlags): Promise<GenerateRun> {
  const settings = await readSettings(flags, 'code')
  if (typeof settings === 'string') throw new ConfigError([settings])
  return settings.run
}
