// npm start: install, then the mock server from its sources until it is interrupted. Flags behind `--` are the server's own.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { environment, root, sourceFlags } from './run.mjs'
import { install } from './setup.mjs'

await install()

const program = join(root, 'packages', 'mock-server', 'src', 'cli.ts')
const args = [...sourceFlags, program, ...process.argv.slice(2)]
const server = spawn(process.execPath, args, { cwd: root, env: environment, stdio: 'inherit' })

// A terminal interrupts both; the server decides when it has answered everything.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.once('exit', (code) => process.exit(code ?? 1))
