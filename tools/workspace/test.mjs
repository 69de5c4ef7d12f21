// npm test: set-up and every check; with --mutants also a sample of mutants. npm run test:quick: unit and type tests alone.
// The closing line counts what the test runner reports, plus one failure for each other check that failed.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findChangeBase, rememberPassed } from './change-base.mjs'
import { root, run } from './run.mjs'
import { install, setup } from './setup.mjs'

const quick = process.argv.includes('--quick')
const mutants = process.argv.includes('--mutants')
const report = join(root, 'reports', quick ? 'vitest-quick.json' : 'vitest.json')

const failedChecks = quick ? await prepareQuick() : await runChecks()
const counts = countResults(await runTests())
const failed = counts.failed + failedChecks.length
for (const name of failedChecks) console.log(`check failed: ${name}`)
console.log(`${counts.passed} passed, ${failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`)
const green = failed === 0 && counts.passed > 0
if (green && !quick) rememberPassed(root)
process.exit(green ? 0 : 1)

async function prepareQuick() {
  await install()
  return []
}

async function runChecks() {
  await setup()
  const checks = [
    ['generated code', () => run(process.execPath, ['tools/workspace/generate.mjs', '--check'])],
    ['package metadata', () => run(process.execPath, ['tools/workspace/metadata.mjs', '--check'])],
    ['lint', () => run('biome', ['check', '--error-on-warnings'])],
    ['unused code', () => run('knip', [])],
    ['changesets', () => run('changeset', ['status', `--since=${findChangeBase(root)}`], { quiet: true })],
    ['types', () => run('turbo', ['run', 'typecheck', '--output-logs=errors-only'])],
    ...(mutants ? [['mutants', () => run(process.execPath, ['tools/workspace/mutation.mjs', '--sample', '60'])]] : []),
  ]
  const failures = []
  for (const [name, check] of checks) {
    console.log(`\n— ${name}`)
    if ((await check()) !== 0) failures.push(name)
  }
  return failures
}

async function runTests() {
  mkdirSync(join(root, 'reports'), { recursive: true })
  rmSync(report, { force: true })
  return run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
    env: quick ? { SCIMKIT_QUICK: '1' } : {},
  })
}

/** vitest's JSON alone is not honest: a file that cannot be imported has no failed test, and a type error none either. */
function countResults(status) {
  let results = []
  try {
    results = JSON.parse(readFileSync(report, 'utf8')).testResults
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const assertions = results.flatMap((file) => file.assertionResults)
  const count = (...states) => assertions.filter((test) => states.includes(test.status)).length
  const brokenFiles = results.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failures = count('failed') + brokenFiles
  return {
    passed: count('passed'),
    failed: status !== 0 && failures === 0 ? 1 : failures,
    skipped: count('pending', 'skipped', 'todo'),
  }
}
