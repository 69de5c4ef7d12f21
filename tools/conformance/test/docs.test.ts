import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { findSnippets, readPages, root } from './docs/read-pages.js'

const run = promisify(execFile)
const here = dirname(fileURLToPath(import.meta.url))
const pages = readPages()
const snippets = pages.flatMap(findSnippets)
const scripts = new Set(Object.keys(readJson('package.json').scripts ?? {}))
const binaries = new Set(
  ['packages/mock-server', 'tools/codegen'].flatMap((folder) =>
    Object.keys(readJson(`${folder}/package.json`).bin ?? {}),
  ),
)

describe.each(pages)('$path', ({ path, text }) => {
  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, target]) => target ?? '')
    expect(links.filter((target) => !existsSync(resolve(root, dirname(path), target)))).toEqual([])
  })

  it('names paths that exist', () => {
    const top = /^(packages|tools|schemas|docs|examples|benchmarks|\.ci|\.changeset)\//
    const named = [...text.matchAll(/`([^`\s]+)`/g)].map(([, code]) => code ?? '').filter((code) => top.test(code))
    // Up to a placeholder: of `packages/<name>/src` the folder `packages` must exist.
    const fixed = named.map((code) => code.replace(/:\d+$/, '').replace(/[^/]*[<*{…[].*$/, ''))
    expect(fixed.filter((code) => !existsSync(join(root, code)))).toEqual([])
  })

  it('names commands that exist', () => {
    const named = [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, script]) => script ?? '')
    const short = [...text.matchAll(/npm (start|test)\b/g)].map(([, script]) => script ?? '')
    expect([...named, ...short].filter((script) => !scripts.has(script))).toEqual([])
    const called = [...text.matchAll(/npx (scim-[\w-]+)/g)].map(([, binary]) => binary ?? '')
    expect(called.filter((binary) => !binaries.has(binary))).toEqual([])
  })

  it('says nothing about the machine it was written on', () => {
    expect(text).not.toMatch(/(^|[\s`("'])\/(work|root|tmp|home)\//m)
  })
})

describe('snippets that are marked as tested', () => {
  const folder = resolve(here, '../.snippets')
  const fileOf = (name: string) => join(folder, name, 'snippet.ts')

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true })
    for (const { name, code } of snippets) {
      mkdirSync(join(folder, name), { recursive: true })
      writeFileSync(fileOf(name), `${code}\nexport {}\n`)
      // The page that shows generated code in `./scim` means that of the example.
      const generated = join(root, 'examples/enterprise-extension/src/scim')
      if (code.includes("'./scim/index.js'")) cpSync(generated, join(folder, name, 'scim'), { recursive: true })
    }
    const files = snippets.map(({ name }) => fileOf(name))
    const settings = { extends: '../../../tsconfig.base.json', compilerOptions: { types: ['node'] }, files }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  })

  it('are found', () => {
    expect(snippets.map(({ page }) => page)).toContain('README.md')
  })

  it('compile', { timeout: 180_000 }, async () => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout } = await run(process.execPath, [compiler, '-p', join(folder, 'tsconfig.json')]).catch(
      (failure: { stdout: string }) => failure,
    )
    expect(stdout).toBe('')
  })

  it.each(snippets)('$name runs', async ({ name }) => {
    const args = ['--conditions=@scimkit/source', '--import', 'tsx', join(here, 'docs/run-snippet.ts'), fileOf(name)]
    const { stderr } = await run(process.execPath, args, { cwd: root, timeout: 50_000 }).catch(
      (failure: { stderr: string }) => ({ stderr: `failed: ${failure.stderr}` }),
    )
    expect(stderr).not.toMatch(/^failed:/)
  })
})

function readJson(path: string): { scripts?: Record<string, string>; bin?: Record<string, string> } {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}
