import { runSuite } from './run-suite.js'

process.exit((await runSuite({ sockets: true })) ? 0 : 1)
