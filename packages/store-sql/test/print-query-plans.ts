import type { SqliteDriver } from '../src/index.js'
import { checkPlans } from './query-plans.js'

// Prints what `checkPlans` finds on the driver of the first argument, for databases of the sizes of the second.
const [driver, sizes = ''] = process.argv.slice(2)
const report = await checkPlans(driver as SqliteDriver, sizes.split(',').map(Number)) // from `runOn`
process.stdout.write(JSON.stringify(report))
