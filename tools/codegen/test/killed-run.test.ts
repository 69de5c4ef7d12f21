import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'

const schemaOf = (...names: readonly string[]) => ({
  id: 'urn:example:params:scim:schemas:extension:acme:2.0:User',
  name: 'Acme User',
  attributes: names.map((name) => ({ name })),
})
const cli = fileURLToPath(new URL('../src/commands/run-command-line.ts', import.meta.url))

let folder: string
const path = (name: string) => join(folder, name)
const args = () => ['generate', '--schemas', path('acme.json'), '--out', path('out'), '--plugins', 'types,samples']
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scimkit-killed-'))
  writeFileSync(path('package.json'), '{}')
  writeFileSync(path('acme.json'), JSON.stringify(schemaOf('badge')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command in a process of its own, which kills itself when it has called a function of node:fs so often. */
function runAndKill(call: 'writeFileSync' | 'renameSync' | 'rmSync', count: number): void {
  const code = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const { ${call}: original } = fs
    let count = 0
    fs.${call} = (...given) => {
      if (String(given[0]).startsWith(${JSON.stringify(path('out'))}) && ++count > ${count}) process.kill(process.pid, 'SIGKILL')
      return original(...given)
    }
    syncBuiltinESMExports()
    const { runCommandLine } = await import(${JSON.stringify(cli)})
    await runCommandLine(${JSON.stringify(args())})`
  const script = path('killed.mjs')
  writeFileSync(script, code)
  const settings = ['--conditions=@scimkit/source', '--import', 'tsx', script]
  const { signal, stderr } = spawnSync(process.execPath, settings, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  })
  expect([signal, stderr.toString()]).toEqual(['SIGKILL', ''])
}

const listAll = () => readdirSync(path('out'), { recursive: true, encoding: 'utf8' }).sort()
const readAll = () => Object.fromEntries(listAll().map((name) => [name, textOf(name)]))

function textOf(name: string): string {
  try {
    return readFileSync(path(`out/${name}`), 'utf8')
  } catch {
    return 'folder'
  }
}

describe('a run that is killed', () => {
  it('while it writes leaves the old files as they were, and the next run removes what it left', async () => {
    await runCommandLine(args())
    const before = readAll()
    writeFileSync(path('acme.json'), JSON.stringify(schemaOf('badge', 'desk')))
    runAndKill('writeFileSync', 3)
    const left = listAll().filter((name) => !(name in before))
    expect(left).toHaveLength(3)
    expect(Object.fromEntries(Object.keys(before).map((name) => [name, textOf(name)]))).toEqual(before)
    expect((await runCommandLine([...args(), '--check'])).status).toBe(1)
    expect(listAll()).toEqual(expect.arrayContaining(left)) // a check changes nothing
    expect((await runCommandLine(args())).status).toBe(0)
    expect(listAll()).toEqual(Object.keys(before).sort())
    expect(textOf('acme-user.types.gen.ts')).toContain('desk')
  })

  it.each(['renameSync', 'rmSync'] as const)('between two files is made whole by the next run: %s', async (call) => {
    await runCommandLine(args())
    const names = listAll()
    writeFileSync(path('acme.json'), JSON.stringify({ ...schemaOf('badge', 'desk'), name: 'Other' }))
    runAndKill(call, 2)
    expect((await runCommandLine(args())).errors).toEqual([])
    expect(listAll()).toEqual(names.map((name) => name.replace('acme-user', 'other')).sort())
    expect((await runCommandLine([...args(), '--check'])).status).toBe(0)
  })

  it('is cleared up after although nothing is to be written, and nothing else is removed', async () => {
    await runCommandLine(args())
    const names = listAll()
    const dead = spawnSync(process.execPath, ['--version']).pid
    const ours = [
      `acme-user.types.gen.ts.${dead}.tmp`,
      `gone.zod.gen.ts.${dead}.tmp`,
      `samples/a.json.${dead}.scim-codegen.tmp`,
    ]
    const others = ['notes.tmp', `notes.${dead}.tmp`, `index.ts.${process.ppid}.scim-codegen.tmp`, '.tmp']
    mkdirSync(path('out/samples'), { recursive: true })
    for (const name of [...ours, ...others]) writeFileSync(path(`out/${name}`), '')
    const { status, output } = await runCommandLine(args())
    expect([status, output[0]]).toEqual([0, expect.stringMatching(/files are up to date$/)])
    expect(listAll()).toEqual([...names, ...others].sort())
  })
})
