// npm run generate: writes the generated code of core and of the examples anew. -- --check compares, status 1 on drift.
import { runSource } from './run.mjs'
import { install } from './setup.mjs'

await install()
process.exit(await runSource('tools/workspace/generate-code.ts', process.argv.slice(2)))
