#!/usr/bin/env node
import { runCommandLine } from './commands/run-command-line.js'
import type { RunResult } from './output/settle-files.js'

// A reader such as head may have enough before all is said.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const ended = new AbortController()
if (process.argv.includes('--watch')) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort())
}

function print({ output, errors }: RunResult): void {
  for (const line of errors) console.error(line)
  for (const line of output) console.log(line)
}

// A terminal without commands cannot write a line anew.
const progressTo = process.env.TERM === 'dumb' ? undefined : process.stderr

void runCommandLine(process.argv.slice(2), { signal: ended.signal, onBuild: print, progressTo })
  .catch(
    (cause: unknown): RunResult => ({
      status: 2,
      output: [],
      errors: [`scim-codegen: ${String(cause).split('\n', 1)[0]}`],
    }),
  )
  .then((result) => {
    print(result)
    process.exitCode = result.status
  })
