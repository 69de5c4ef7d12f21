import { runSuite } from './suite.js'

export default {
  async test(): Promise<void> {
    const { passed, failures } = await runSuite({ sockets: false })
    for (const failure of failures) console.log(failure)
    console.log(`${passed} passed, ${failures.length} failed`)
    if (failures.length > 0 || passed === 0) throw new Error('The suite failed')
  },
}
