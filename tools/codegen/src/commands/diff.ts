import type { Command } from './command.js'
import { parseFlags, wrongUse } from './parse-flags.js'
import { choiceFlags, lenientFlag, tokenFlag } from './source-flags.js'

const flags = {
  ...tokenFlag,
  json: { type: 'boolean', description: 'Write the changes as JSON' },
  ...lenientFlag,
  ...choiceFlags,
} as const

/** `scim-codegen diff`. */
export const diff: Command = {
  usage: 'diff A B',
  description: 'Compares two sources; status 1 when they differ.',
  flags,
  async run(args) {
    const given = parseFlags(args, flags)
    if (typeof given === 'string') return wrongUse(given)
    const [before, after, ...more] = given.positionals
    if (before === undefined || after === undefined || more.length > 0) {
      return wrongUse('diff takes two sources, each a file, a folder or a URL; write scim-codegen diff A B')
    }
    const { diffSources } = await import('./diff/diff-sources.js')
    return diffSources(before, after, given.values)
  },
}
