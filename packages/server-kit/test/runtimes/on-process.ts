import { runSuite } from './suite.js'

const { passed, failures } = await runSuite({ sockets: true })
for (const failure of failures) console.log(failure)
console.log(`${passed} passed, ${failures.length} failed`)
process.exit(failures.length > 0 || passed === 0 ? 1 : 0)
