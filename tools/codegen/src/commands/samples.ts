import { samples as samplesPlugin } from '../plugins/samples-plugin.js'
import type { Command } from './command.js'
import { runApart } from './run-apart.js'
import { inputFlags, outFolder, sourceFlags } from './source-flags.js'

/** `scim-codegen samples`. */
export const samples: Command = {
  usage: 'samples',
  description: 'Writes valid samples of each resource type and schema, the same on every run.',
  flags: { ...inputFlags, ...outFolder, ...sourceFlags },
  run: (args, options) =>
    runApart(
      args,
      {
        command: 'samples',
        outKind: 'folder',
        aim: (folder) => ({ plugin: samplesPlugin({ folder: '.' }), folder }),
      },
      options,
    ),
}
