// npm start: set-up, then the mock server until it is interrupted. Flags behind `--` are the server's own.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { environment, root } from './run.mjs'
import { setup } from './setup.mjs'

await setup()

const program = join(root, 'packages', 'mock-server', 'dist', 'scim-mock-server.js')
const server = spawn(process.execPath, [program, ...process.argv.slice(2)], { env: environment, stdio: 'inherit' })

// A terminal interrupts both; the server decides when it has answered everything.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.once('exit', (code) => process.exit(code ?? 1))
