import { docs as docsPlugin } from '../plugins/docs-plugin.js'
import type { Command } from './command.js'
import { runApart } from './run-apart.js'
import { inputFlags, outFolder, sourceFlags } from './source-flags.js'

/** `scim-codegen docs`. */
export const docs: Command = {
  usage: 'docs',
  description: 'Writes a Markdown page for each schema.',
  flags: { ...inputFlags, ...outFolder, ...sourceFlags },
  run: (args, options) =>
    runApart(
      args,
      {
        command: 'docs',
        outKind: 'folder',
        aim: (folder) => ({ plugin: docsPlugin({ folder: '.' }), folder }),
      },
      options,
    ),
}
