import { parseArgs } from 'node:util'
import type { RunResult } from '../output/settle-files.js'
import type { FlagDefinition } from './command.js'

/**
 * Reads the flags of a command.
 *
 * @param args Arguments after the name of the command.
 * @param flags Flags that it knows.
 * @returns Values by flag and the words that belong to no flag; or a line that says which flag is wrong.
 */
export function parseFlags<const T extends Readonly<Record<string, FlagDefinition>>>(
  args: readonly string[],
  flags: T,
) {
  try {
    const { tokens, ...parsed } = parseArgs({ args: [...args], allowPositionals: true, options: flags, tokens: true })
    const given = tokens.flatMap((token) => (token.kind === 'option' && token.value !== undefined ? [token.name] : []))
    const twice = given.find((name, index) => !flags[name]?.multiple && given.indexOf(name) < index)
    return twice === undefined ? parsed : `--${twice} is given twice; give it once`
  } catch (cause) {
    return describeWrongFlag(String((cause as Error).message)) // parseArgs throws TypeError
  }
}

/** Makes one line of the message of `parseArgs`. */
function describeWrongFlag(message: string): string {
  const unknown = /^Unknown option '([^']+)'/.exec(message)?.[1]
  if (unknown !== undefined) return `${unknown} is not known; --help lists the flags`
  const bare = /^Option '(?:-\w, )?(--[\w-]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(message)?.[1]
  if (bare !== undefined) return `${bare} needs a value; give it after the flag`
  const taken = /^Option '(?:-\w, )?(--[\w-]+)' does not take an argument/.exec(message)?.[1]
  if (taken !== undefined) return `${taken} takes no value; write it alone`
  return `${message.split(/\. |\n/, 1)[0]}; --help lists the flags`
}

/**
 * Checks that the value of a flag is one of a few words.
 *
 * @param flag Flag with its dashes.
 * @param value Given value.
 * @param words Values that it accepts.
 * @returns A line that lists the words; `undefined` when the value is one of them, or there is none.
 */
export function describeWrongWord(
  flag: string,
  value: string | undefined,
  words: readonly string[],
): string | undefined {
  if (value === undefined || words.includes(value)) return undefined
  return `${flag} is ${value}; give one of ${words.join(', ')}`
}

/**
 * Splits the value of `--plugins`.
 *
 * @param list Names with commas between them.
 * @returns The names.
 */
export function splitNames(list: string): readonly string[] {
  return list.split(',').map((name) => name.trim())
}

/**
 * Refuses a command line.
 *
 * @param line What is wrong, and the way out.
 * @returns Status 2 with that line.
 */
export function wrongUse(line: string): RunResult {
  return { status: 2, output: [], errors: [`scim-codegen: ${line}`] }
}
