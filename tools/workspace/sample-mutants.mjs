// Checker of Stryker that passes as many mutants as its option `sample` says. Those it leaves out count as mutants that do
// not compile, which no score contains. A mutant's rank hangs on the seed and on the mutant alone, not on the others.
import { createHash } from 'node:crypto'
import { relative } from 'node:path'

class SampleChecker {
  static inject = ['options']

  constructor(options) {
    this.sample = options.sample
  }

  async init() {}

  /** All in one group: a choice can only be made among all. */
  async group(mutants) {
    return [mutants.map(({ id }) => id)]
  }

  async check(mutants) {
    const { size, seed } = this.sample
    const ranked = mutants.map((mutant) => ({ mutant, rank: rank(seed, mutant) }))
    ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))
    const chosen = new Set(ranked.slice(0, size).map(({ mutant }) => mutant))
    return Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        chosen.has(mutant) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
      ]),
    )
  }
}

function rank(seed, { fileName, location: { start, end }, mutatorName, replacement }) {
  const place = [relative(process.cwd(), fileName), start.line, start.column, end.line, end.column]
  return createHash('sha256')
    .update([seed, ...place, mutatorName, replacement].join(' '))
    .digest('hex')
}

/** What Stryker looks for in a plug-in. */
export const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: SampleChecker }]
