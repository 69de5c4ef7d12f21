import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChangeBase, rememberPassed } from '../change-base.mjs'
import { environment, root } from '../run.mjs'

let clone: string

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'scimkit-gates-'))
  execFileSync('git', ['clone', '--quiet', root, clone])
  git('checkout', '--quiet', '-B', 'main')
  git('remote', 'remove', 'origin')
})

afterAll(() => rmSync(clone, { recursive: true, force: true }))

describe('the changesets check', () => {
  it('fails for a commit that changes a package without a changeset, and passes once there is one', () => {
    commit('packages/core/src/urns.ts', '// changed\n')
    expect(changesetStatus()).toBe(1)
    commit('.changeset/gate.md', "---\n'@scimkit/core': patch\n---\n\nA sentence.\n")
    expect(changesetStatus('HEAD~2')).toBe(0)
  })

  it('asks for none where only tests changed', () => {
    commit('packages/core/src/scim-error.test.ts', '// changed\n')
    expect(changesetStatus()).toBe(0)
  })

  it('compares main with the commit before, with the last one that passed, or with the last tag', () => {
    const first = git('rev-parse', 'HEAD')
    commit('README.md', '\n')
    expect(findChangeBase(clone)).toBe(first)
    rememberPassed(clone)
    const passed = git('rev-parse', 'HEAD')
    commit('README.md', '\n')
    commit('README.md', '\n')
    expect(findChangeBase(clone)).toBe(passed)
    git('tag', 'v0.0.0-gate', first)
    expect(git('rev-parse', findChangeBase(clone))).toBe(first)
  })

  it('compares a branch with where it left main', () => {
    const left = git('rev-parse', 'main')
    git('checkout', '--quiet', '-b', 'topic')
    commit('README.md', '\n')
    commit('README.md', '\n')
    expect(findChangeBase(clone)).toBe(left)
    git('checkout', '--quiet', 'main')
  })
})

describe('the type check', () => {
  it('is not taken from the cache in a package whose sibling changed', () => {
    const before = typecheckHashes()
    appendFileSync(join(clone, 'packages/core/src/urns.ts'), 'export const broken: string = 1\n')
    const after = typecheckHashes()
    const stale = [...before].filter(([name, hash]) => after.get(name) === hash).map(([name]) => name)
    // The only two that import no package of ours by name.
    expect(stale.sort()).toEqual(['@scimkit/package-checks', '@scimkit/runtimes'])
  })
})

function changesetStatus(base = findChangeBase(clone)): number | null {
  const changeset = join(root, 'node_modules', '.bin', 'changeset')
  return spawnSync(changeset, ['status', `--since=${base}`], { cwd: clone, env: environment }).status
}

function typecheckHashes(): Map<string, string> {
  const output = execFileSync(join(root, 'node_modules', '.bin', 'turbo'), ['run', 'typecheck', '--dry-run=json'], {
    cwd: clone,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const tasks: { task: string; package: string; hash: string }[] = JSON.parse(output.slice(output.indexOf('{'))).tasks
  return new Map(tasks.filter((task) => task.task === 'typecheck').map((task) => [task.package, task.hash]))
}

function commit(file: string, text: string): void {
  const path = join(clone, file)
  if (file.startsWith('.changeset')) writeFileSync(path, text)
  else appendFileSync(path, text)
  git('add', '--all')
  git('-c', 'user.name=gate', '-c', 'user.email=gate@example.com', 'commit', '--quiet', '-m', `gate: change ${file}`)
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: clone, encoding: 'utf8' }).trim()
}
