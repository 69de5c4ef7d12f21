import { runSuite } from './run-suite.js'

/** What `workerd test` calls. */
export default {
  async test(): Promise<void> {
    if (!(await runSuite({ sockets: false }))) throw new Error('The suite failed')
  },
}
