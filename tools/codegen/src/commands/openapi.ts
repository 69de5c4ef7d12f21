import { basename, dirname } from 'node:path'
import { openapi as openapiPlugin } from '../plugins/openapi-plugin.js'
import type { Command } from './command.js'
import { runApart } from './run-apart.js'
import { inputFlags, outFile, sourceFlags } from './source-flags.js'

/** `scim-codegen openapi`. */
export const openapi: Command = {
  usage: 'openapi',
  description: 'Writes the OpenAPI document of the service.',
  flags: { ...inputFlags, ...outFile, ...sourceFlags },
  run: (args, options) =>
    runApart(
      args,
      {
        command: 'openapi',
        outKind: 'file',
        aim: (out) => ({ plugin: openapiPlugin({ file: basename(out) }), folder: dirname(out) }),
      },
      options,
    ),
}
