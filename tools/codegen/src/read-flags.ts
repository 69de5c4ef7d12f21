import { parseArgs } from 'node:util'

/** Flags of the commands, read. */
export interface Flags {
  readonly schemas: readonly string[]
  readonly resourceTypes: readonly string[]
  readonly out: string
  readonly openapi: string | undefined
  readonly check: boolean
  readonly lenient: boolean
}

/** What `out` names, for the message when it is missing. */
export type OutKind = 'folder' | 'file'

const once = ['resource-types', 'out', 'openapi'] as const

/** Flags that are known and not there yet. */
const planned = new Map([['--watch', '--watch is not supported yet; run the command again after a change']])

/**
 * Reads the flags of a command. Words after `--schemas` that belong to no flag are schemas as well.
 *
 * @param args Arguments behind the command.
 * @param outKind What `--out` names.
 * @returns The flags, or a line that says which one is wrong.
 */
export function readFlags(args: readonly string[], outKind: OutKind): Flags | string {
  for (const arg of args) {
    const line = planned.get(arg.split('=', 1)[0] ?? '')
    if (line !== undefined) return line
  }
  try {
    return checkFlags(parse(args), outKind)
  } catch (cause) {
    return sayWrongFlag(String((cause as Error).message)) // parseArgs throws TypeError
  }
}

/**
 * Makes one line of the message of `parseArgs`.
 *
 * @param message What the error says.
 * @returns Which flag is wrong, and the way out.
 */
export function sayWrongFlag(message: string): string {
  const unknown = /^Unknown option '([^']+)'/.exec(message)?.[1]
  if (unknown !== undefined) return `${unknown} is not known; --help lists the flags`
  const bare = /^Option '(--[\w-]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(message)?.[1]
  if (bare !== undefined) return `${bare} needs a value; give it after the flag`
  return `${message.split(/\. |\n/, 1)[0]}; --help lists the flags`
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      schemas: { type: 'string', multiple: true },
      'resource-types': { type: 'string', multiple: true },
      out: { type: 'string', multiple: true },
      openapi: { type: 'string', multiple: true },
      check: { type: 'boolean' },
      lenient: { type: 'boolean' },
    },
  })
}

function checkFlags({ values, positionals }: ReturnType<typeof parse>, outKind: OutKind): Flags | string {
  const { schemas = [], out: [out] = [], openapi: [openapi] = [], check = false, lenient = false } = values
  const twice = once.find((name) => (values[name]?.length ?? 0) > 1)
  if (twice) return `--${twice} is given twice; give it once`
  const [stray] = positionals
  if (schemas.length === 0 && stray !== undefined) return `${stray} belongs to no flag; write --schemas before it`
  if (schemas.length === 0) return '--schemas is missing; give the schema files after it'
  if (!out) return `--out is missing; give the ${outKind} to write to after it`
  const resourceTypes = values['resource-types'] ?? []
  return { schemas: [...schemas, ...positionals], resourceTypes, out, openapi, check, lenient }
}
