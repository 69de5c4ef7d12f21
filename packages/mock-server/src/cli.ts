#!/usr/bin/env node
import { UsageError } from './command/flags.js'
import { runCommand } from './command/run-command.js'

async function main(): Promise<void> {
  const running = await runCommand(process.argv.slice(2), (line) => console.log(line), warn)
  if (!running) return
  const end = async () => {
    await running.stop()
    process.exit(0)
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
}

function warn(line: string): void {
  console.error(`scim-mock-server: warning: ${line}`)
}

main().catch((error: unknown) => {
  if (!(error instanceof UsageError)) throw error
  console.error(`scim-mock-server: ${error.message}`)
  process.exitCode = 2
})
