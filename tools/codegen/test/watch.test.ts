import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'
import type { RunResult } from '../src/output/settle-files.js'

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)))

let folder: string
let stop: AbortController
let running: Promise<RunResult>
let builds: RunResult[]
let seen = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scimkit-watch-'))
  writeFileSync(path('package.json'), '{}')
  mkdirSync(path('schemas'))
  save('acme.json', 'badge')
  stop = new AbortController()
  builds = []
  seen = 0
})
afterEach(async () => {
  stop.abort()
  await running
  rmSync(folder, { recursive: true, force: true })
})

const path = (name: string) => join(folder, name)
const schema = (name: string, attribute: string) =>
  JSON.stringify({
    id: `urn:example:params:scim:schemas:extension:${name}:2.0:User`,
    name,
    attributes: [{ name: attribute }],
  })
const save = (file: string, attribute: string) =>
  writeFileSync(path(`schemas/${file}`), schema(file.replace('.json', ''), attribute))
const types = (name = 'acme') => readFileSync(path(`out/${name}.types.gen.ts`), 'utf8')

async function start(...args: string[]): Promise<void> {
  const onBuild = (result: RunResult) => builds.push(result)
  running = runCommandLine(['generate', '--watch', ...args], { signal: stop.signal, onBuild })
  await until(() => builds.length === 2)
  seen = 2
}

/** Waits for a build that ends with the given status; those before it saw a file half written. */
async function nextBuild(status: RunResult['status']): Promise<RunResult> {
  let found: RunResult | undefined
  await until(() => {
    found = builds.slice(seen).find((build) => build.status === status)
    return found !== undefined
  })
  seen = builds.length
  return found as RunResult // the loop ends with one
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done(); tries++) {
    if (tries > 3_000) throw new Error(`nothing came; builds: ${JSON.stringify(builds)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const ofFolder = () => start('--schemas', path('schemas'), '--out', path('out'))

describe('scim-codegen generate --watch', () => {
  it('builds at once and again when a file changes, and says how long it took', async () => {
    await ofFolder()
    expect(builds[0]).toMatchObject({ status: 0, errors: [] })
    expect(builds[1]?.output).toEqual(['watching for changes; Ctrl-C ends'])
    save('acme.json', 'shelf')
    const { output } = await nextBuild(0)
    expect(output).toContain(`wrote ${path('out/acme.types.gen.ts')}`)
    expect(output.at(-1)).toMatch(/^built in \d+ ms$/)
    expect(types()).toContain('shelf?:')
  })

  it('names broken JSON, keeps what it made before, and goes on', async () => {
    await ofFolder()
    writeFileSync(path('schemas/acme.json'), '{ "id": ')
    expect((await nextBuild(2)).errors.join()).toContain('acme.json: this is not JSON at line 1')
    expect(types()).toContain('badge?:')
    save('acme.json', 'shelf')
    await nextBuild(0)
    expect(types()).toContain('shelf?:')
  })

  it('follows files that editors put in the place of the old ones, again and again', async () => {
    await ofFolder()
    for (const attribute of ['one', 'two', 'three']) {
      writeFileSync(path('schemas/acme.json~'), schema('acme', attribute))
      renameSync(path('schemas/acme.json~'), path('schemas/acme.json'))
      await nextBuild(0)
      expect(types()).toContain(`${attribute}?:`)
    }
  })

  it('takes up new files of a folder and lets go of deleted ones', async () => {
    await ofFolder()
    save('other.json', 'x')
    await nextBuild(0)
    expect(types('other')).toContain('x?:')
    rmSync(path('schemas/other.json'))
    await nextBuild(0)
    expect(readdirSync(path('out')).filter((name) => name.startsWith('other'))).toEqual([])
  })

  it('survives that the folder goes and comes back', async () => {
    await ofFolder()
    rmSync(path('schemas'), { recursive: true })
    await nextBuild(2)
    mkdirSync(path('schemas'))
    save('acme.json', 'back')
    await nextBuild(0)
    save('acme.json', 'again')
    await until(() => types().includes('again?:'))
  })

  it('follows globs, single files and the configuration', async () => {
    mkdirSync(path('deep'))
    writeFileSync(path('deep/one.json'), schema('one', 'a'))
    const config = (members: object) => writeFileSync(path('scim.config.json'), JSON.stringify(members))
    config({ schemas: ['deep/*.json', 'schemas/acme.json'], out: 'out' })
    await start('--config', path('scim.config.json'))
    writeFileSync(path('deep/two.json'), schema('two', 'b'))
    await nextBuild(0)
    expect(types('two')).toContain('b?:')
    save('acme.json', 'c')
    await nextBuild(0)
    expect(types()).toContain('c?:')
    config({ schemas: 'schemas', out: 'out', watch: 1 })
    expect((await nextBuild(2)).errors.join()).toContain('watch is not known')
    config({ schemas: 'schemas', out: 'out', plugins: ['types'] })
    await nextBuild(0)
    expect(readdirSync(path('out')).filter((name) => /zod|two/.test(name))).toEqual([])
  })

  it('writes nothing when nothing changed, and does not wake itself', async () => {
    await start('--schemas', path('schemas'), '--out', path('schemas/out'))
    save('acme.json', 'badge')
    expect((await nextBuild(0)).output).toEqual(['6 files are up to date', expect.stringMatching(/^built in/)])
    save('acme.json', 'shelf')
    await nextBuild(0)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(builds.length).toBe(seen)
  })
})

describe('the program with --watch', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends with status 0 by %s', async (signal) => {
    running = Promise.resolve({ status: 0, output: [], errors: [] })
    const program = ['--conditions=@scimkit/source', '--import', 'tsx', join(packageRoot, 'src/cli.ts')]
    const args = ['generate', '--watch', '--schemas', path('schemas'), '--out', path('out'), '--plugins', 'samples']
    const ended = await new Promise((resolve, reject) => {
      const child = execFile(process.execPath, [...program, ...args], { cwd: packageRoot })
      child.stdout?.on('data', (text: string) => text.includes('watching') && child.kill(signal))
      child.on('error', reject)
      child.on('exit', (status, by) => resolve({ status, by }))
    })
    expect(ended).toEqual({ status: 0, by: null })
  })
})
