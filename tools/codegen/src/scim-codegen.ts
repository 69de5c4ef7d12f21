#!/usr/bin/env node
import { runCommandLine } from './cli.js'

void runCommandLine(process.argv.slice(2))
  .catch((cause: unknown) => ({ status: 2, output: [], errors: [`scim-codegen: ${String(cause).split('\n', 1)[0]}`] }))
  .then(({ status, output, errors }) => {
    for (const line of errors) console.error(line)
    for (const line of output) console.log(line)
    process.exitCode = status
  })
