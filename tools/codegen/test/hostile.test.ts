import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../src/index.js'
import { pluginNames } from '../src/plugins/choose-plugins.js'
import { type HostileRun, hostileRuns } from './hostile-schemas.js'
import { typeCheck } from './type-check.js'

// Within the package, so that generated code finds core and zod as a user's code does.
const folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), '.hostile-'))
const runs = hostileRuns()
const refused: HostileRun[] = []
/** Those whose code differs below the header lines; the others need not be compiled and run again. */
const distinct = new Map<string, string>()
const accepted: { readonly run: HostileRun; readonly files: ReadonlyMap<string, string> }[] = []

beforeAll(async () => {
  for (const [number, run] of runs.entries()) {
    const resourceTypes = run.resourceType ? [{ file: 'types.json', document: run.resourceType }] : []
    const plugins = pluginNames.filter((name) => name !== 'client' || run.resourceType !== undefined)
    const schemas = [{ file: run.file, document: run.schema }]
    const { files, faults } = await generate({ schemas, resourceTypes, plugins })
    if (number % 7 === 0) expect((await generate({ schemas, resourceTypes, plugins })).files).toEqual(files)
    if (faults.length > 0) {
      expect(files.size).toBe(0)
      refused.push(run)
      continue
    }
    accepted.push({ run, files })
    const code = [...files].map(([name, text]) => name + text.replace(/^\/\/ .*\n/gm, '')).join('')
    if (distinct.has(code)) continue
    const out = join(folder, String(number))
    distinct.set(code, join(out, 'index.ts'))
    for (const [name, text] of files) {
      mkdirSync(dirname(join(out, name)), { recursive: true })
      writeFileSync(join(out, name), text)
    }
  }
})

const clientExports = ['ServiceClient', 'ServiceClientOptions', 'createClient', 'resources']

function codeOf(files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...files].filter(([name]) => name.endsWith('.ts'))
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('hostile schemas', () => {
  it('are many, and both refused and accepted ones are among them', () => {
    expect(runs.length).toBeGreaterThan(300)
    expect(refused.length).toBeGreaterThan(100)
    expect(accepted.length).toBeGreaterThan(200)
    expect(distinct.size).toBeGreaterThan(100)
  })

  it('never name a file outside the output folder', () => {
    const names = accepted.flatMap(({ files }) => [...files.keys()])
    const expected =
      /^([a-z][a-z0-9-]*(\.[a-z]+)?(\.gen)?\.ts|openapi\.json|samples\/seed\.json|(docs|samples)\/[a-z][a-z0-9-]*((\.resource)?\.samples\.json|\.md))$/
    expect(names.filter((name) => !expected.test(name))).toEqual([])
  })

  it('lead to code that parses and type-checks', { timeout: 400_000 }, () => {
    expect(typeCheck([...distinct.values()]).faults).toEqual([])
  })

  it('lead to declarations and nothing else', () => {
    const kinds = new Set<string>()
    for (const { run, files } of accepted) {
      for (const [name, text] of codeOf(files)) {
        const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022)
        const { parseDiagnostics } = source as unknown as { parseDiagnostics: unknown[] } // the compiler keeps it to itself
        expect(parseDiagnostics, run.name).toEqual([])
        for (const statement of source.statements) kinds.add(ts.SyntaxKind[statement.kind])
      }
    }
    const declarations = ['ImportDeclaration', 'InterfaceDeclaration', 'TypeAliasDeclaration', 'FirstStatement']
    const others = ['ExportDeclaration', 'FunctionDeclaration'] // `createClient`
    expect([...kinds].filter((kind) => ![...declarations, ...others].includes(kind))).toEqual([])
  })

  it('lead to JSON that parses, and to pages without tags, links and comments', () => {
    for (const { run, files } of accepted) {
      for (const [name, text] of files) {
        if (name.endsWith('.json')) expect(() => JSON.parse(text), run.name).not.toThrow()
        if (!name.endsWith('.md')) continue
        const [header, ...lines] = text.split('\n')
        expect(header, run.name).toMatch(/^<!-- @generated ((?!-->).)* -->$/)
        // Names in backticks are code, whatever they hold.
        const page = lines.join('\n').replace(/`[^`\n]*`/g, '')
        expect(page, run.name).not.toMatch(/<[a-z!/]|(?<!\\)\]\(/i)
      }
    }
  })

  it('never name a source map', () => {
    const texts = accepted.flatMap(({ files }) => codeOf(files).map(([, text]) => text))
    expect(texts.filter((text) => /sourceMappingURL=|sourceURL=/.test(text))).toEqual([])
  })

  it('export the expected names alone', () => {
    for (const { run, files } of accepted) {
      const text = files.get('index.ts') ?? ''
      const names = [...text.matchAll(/\{([^}]*)\}/g)]
        .flatMap(([, list = '']) => list.split(','))
        .filter((name) => name.trim())
      const exported = names.map((name) => name.trim().replace(/^type /, ''))
      const type = (exported.find((name) => name.endsWith('Urn') || name === 'ThingPaths') ?? '').replace(
        /Urn$|Paths$/,
        '',
      )
      const value = (exported.find((name) => name.endsWith('Schema')) ?? '').slice(0, -'Schema'.length)
      const inner = exported.filter((name) => name.startsWith(type) && /^[A-Z]/.test(name.slice(type.length)))
      const extension = run.resourceType && type === 'Thing' ? [] : [value]
      const resource = exported.filter((name) => run.resourceType && name.endsWith('Resource'))
      const client = run.resourceType ? clientExports : []
      const expected = [type, ...inner, `${value}Schema`, `${value}Schemas`, ...extension, ...resource, ...client]
      expect(new Set(exported).size, run.name).toBe(exported.length)
      expect(exported.toSorted(), run.name).toEqual(expected.toSorted())
      expect(exported.every((name) => /^[A-Za-z][A-Za-z0-9]*$/.test(name))).toBe(true)
      expect(value.toLowerCase(), run.name).toBe(type.toLowerCase())
    }
  })

  it('lead to code without side effects when it runs', async () => {
    await import('@scimkit/core') // zod keeps its settings on globalThis
    const before = { globals: Object.keys(globalThis), prototype: Object.getOwnPropertyNames(Object.prototype) }
    for (const file of distinct.values()) {
      const module = await import(/* @vite-ignore */ file)
      for (const value of Object.values<{ describe?: () => Promise<unknown> }>(module)) await value.describe?.()
    }
    expect(Object.keys(globalThis)).toEqual(before.globals)
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before.prototype)

    // What a text that gets out does would be seen here.
    writeFileSync(join(folder, 'harm.ts'), 'Object.assign(globalThis, { harmed: true })\nexport {}\n')
    await import(/* @vite-ignore */ join(folder, 'harm.ts'))
    expect(Object.keys(globalThis)).toEqual([...before.globals, 'harmed'])
    Reflect.deleteProperty(globalThis, 'harmed')
  })
})
