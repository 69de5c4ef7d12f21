// npm run demo: set-up, then the whole job over HTTP, a line for each step. Status 0 only if every step did what it should.
import { run } from './run.mjs'
import { setup } from './setup.mjs'

await setup()
console.log()
process.exit(await run(process.execPath, ['--import', 'tsx', 'examples/demo/src/demo.ts']))
