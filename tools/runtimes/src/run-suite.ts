import { isLeftOut, registerTests } from 'suite'
import { runTests } from './tiny-vitest.js'

/**
 * Runs the bundled suite and prints what came of it.
 *
 * @param options Whether the runtime has the sockets of `node:http`.
 * @returns Whether there were tests, and all of them passed.
 */
export async function runSuite(options: { readonly sockets: boolean }): Promise<boolean> {
  await registerTests(options)
  const { passed, failures } = await runTests(isLeftOut)
  for (const failure of failures) console.log(failure)
  console.log(`${passed} passed, ${failures.length} failed`)
  return failures.length === 0 && passed > 0
}
