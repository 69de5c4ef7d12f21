import type { RunResult } from '../output/settle-files.js'
import type { ProgressStream } from '../show-progress.js'

/** A flag: what `parseArgs` needs to read it, and what the help says about it. */
export interface FlagDefinition {
  readonly type: 'string' | 'boolean'
  /** Whether it may be given more than once. */
  readonly multiple?: true
  /** Placeholder of the value in the help. */
  readonly valueHint?: string
  readonly description: string
}

/** What the program passes to a command. */
export interface CommandOptions {
  /** Ends `--watch`. */
  readonly signal?: AbortSignal | undefined
  /** Called with the lines of each build of `--watch`. */
  readonly onBuild?: ((result: RunResult) => void) | undefined
  /** Standard error; where it is a terminal, it shows the progress of a run on many files. */
  readonly progressTo?: ProgressStream | undefined
}

/** A subcommand of `scim-codegen`. */
export interface Command {
  /** The command with its arguments, as the help shows it. */
  readonly usage: string
  readonly description: string
  readonly flags: Readonly<Record<string, FlagDefinition>>
  /**
   * Runs it. Whatever takes long to load, such as zod and the compiler, is imported here.
   *
   * @param args Arguments after the name of the command.
   * @param options What the program passes to it.
   * @returns Status and lines; the caller prints them.
   */
  run(args: readonly string[], options: CommandOptions): Promise<RunResult>
}
