import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Finds the commit that the present change is compared with.
 *
 * On a branch that is where it left the main branch; on the main branch itself the last tag, else the last commit whose
 * checks passed in this clone, else the commit before. `CHANGE_BASE` in the environment decides over all of them.
 *
 * @param {string} folder Root of the repository.
 * @returns {string} A commit; HEAD itself only where it has no parent.
 */
export function findChangeBase(folder) {
  const git = (...args) => tryGit(folder, args)
  const head = git('rev-parse', 'HEAD')
  const earlier = (commit) => commit !== undefined && commit !== head
  const left = ['origin/main', 'main'].map((branch) => git('merge-base', 'HEAD', branch)).find(earlier)
  const candidates = [
    process.env.CHANGE_BASE && git('rev-parse', '--verify', '--quiet', `${process.env.CHANGE_BASE}^{commit}`),
    left,
    git('describe', '--tags', '--abbrev=0', 'HEAD~1'),
    readPassed(folder, git),
    git('rev-parse', '--verify', '--quiet', 'HEAD~1'),
  ]
  return candidates.find((commit) => commit && earlier(commit)) ?? 'HEAD'
}

/**
 * Remembers HEAD as a commit whose checks passed, for later calls of `findChangeBase` in this clone.
 *
 * @param {string} folder Root of the repository.
 */
export function rememberPassed(folder) {
  const head = tryGit(folder, ['rev-parse', 'HEAD'])
  if (!head) return
  mkdirSync(dirname(passedFile(folder)), { recursive: true })
  writeFileSync(passedFile(folder), `${head}\n`)
}

function readPassed(folder, git) {
  if (!existsSync(passedFile(folder))) return undefined
  const commit = readFileSync(passedFile(folder), 'utf8').trim()
  return git('merge-base', 'HEAD', commit) === commit ? commit : undefined
}

function passedFile(folder) {
  return join(folder, 'reports', 'last-passed')
}

function tryGit(folder, args) {
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}
