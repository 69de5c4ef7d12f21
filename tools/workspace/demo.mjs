// npm run demo: install, then the whole job over HTTP, a line for each step. Status 0 only if every step did what it should.
import { runSource } from './run.mjs'
import { install } from './setup.mjs'

await install()
console.log()
process.exit(await runSource('examples/demo/src/demo.ts'))
