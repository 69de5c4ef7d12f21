import { memoryStore } from '../../src/index.js'
import { describeHttp } from '../http-suite.js'
import { runTests } from './tiny-vitest.js'

/**
 * Runs the HTTP suite on this runtime.
 *
 * @param options Whether there is a Node server to run it through as well.
 * @returns Number of tests that passed, and the failures.
 */
export function runSuite(options: { readonly sockets: boolean }): Promise<{ passed: number; failures: string[] }> {
  describeHttp(() => memoryStore())
  // The largest test is about stores, which do not change with the runtime.
  return runTests((name) => name.includes('64 writers') || (!options.sockets && name.startsWith('Node server')))
}
