import { checkPlans } from './query-plans.js'

// Prints what `checkPlans` finds on node:sqlite, for databases of the sizes of the first argument.
const sizes = (process.argv[2] ?? '').split(',').map(Number)
process.stdout.write(JSON.stringify(await checkPlans('node:sqlite', sizes)))
