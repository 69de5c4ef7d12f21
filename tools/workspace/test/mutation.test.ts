import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environment, root } from '../run.mjs'
import { strykerPlugins } from '../sample-mutants.mjs'

const { injectableClass: SampleChecker } = strykerPlugins[0]

describe('a sample of mutants', () => {
  it('is the same for one seed, in whatever order the mutants come, and another for another', async () => {
    const mutants = makeMutants(500)
    const sample = await draw(mutants, 'one')
    expect(sample).toHaveLength(60)
    expect(await draw(mutants.toReversed(), 'one')).toEqual(sample)
    expect(await draw(mutants, 'two')).not.toEqual(sample)
  })

  it('changes by one at most where there is one mutant more', async () => {
    const mutants = makeMutants(500)
    const [before, after] = [await draw(mutants.slice(1), 'one'), await draw(mutants, 'one')]
    expect(before.filter((id) => !after.includes(id)).length).toBeLessThanOrEqual(1)
  })

  it('is everything where there is no more than it wants', async () => {
    expect(await draw(makeMutants(20), 'one')).toHaveLength(20)
  })
})

describe('npm run mutation', () => {
  const file = 'packages/filter-parser/src/comp-value.ts'

  it('fails below its bound, prints the seed and the score, and leaves the sources alone', { timeout: 300_000 }, () => {
    const before = readFileSync(join(root, file), 'utf8')
    const args = ['filter-parser', '--sample', '2', '--seed', 'gate', '--mutate', 'src/comp-value.ts', '--bound', '101']
    const { status, stdout } = spawnSync(process.execPath, ['tools/workspace/mutation.mjs', ...args], {
      cwd: root,
      env: environment,
      encoding: 'utf8',
    })
    expect(stdout).toContain('seed gate')
    expect(stdout).toMatch(/of 2 mutants noticed, \d+\.\d %; the bound is 101 %/)
    expect(status).toBe(1)
    expect(readFileSync(join(root, file), 'utf8')).toBe(before)
  })
})

function makeMutants(count: number) {
  return Array.from({ length: count }, (_, n) => ({
    id: String(n),
    fileName: join(process.cwd(), `src/file-${n % 7}.ts`),
    location: { start: { line: n, column: 1 }, end: { line: n, column: 9 } },
    mutatorName: 'ConditionalExpression',
    replacement: 'false',
  }))
}

/** @returns Ids of the mutants that the checker passes on to the tests, in order. */
async function draw(mutants: ReturnType<typeof makeMutants>, seed: string): Promise<readonly string[]> {
  const results = await new SampleChecker({ sample: { size: 60, seed } }).check(mutants)
  const passed = Object.entries(results).filter(([, { status }]) => status === 'passed')
  return passed.map(([id]) => id).sort()
}
