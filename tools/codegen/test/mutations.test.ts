import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'
import type { DocumentMemory } from '../src/input/read-documents.js'
import { runGenerate } from '../src/run-generate.js'
import { listFields, mutateField } from './mutate-document.js'

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
const folder = mkdtempSync(join(tmpdir(), 'scimkit-mutations-'))
const schemas = join(folder, 'schemas/scim')
const out = join(folder, 'generated')
mkdirSync(dirname(schemas))
cpSync(join(root, 'schemas/scim'), schemas, { recursive: true })
cpSync(join(root, 'packages/core/src/generated'), out, { recursive: true })

/** Kept from run to run, as a watch does, which must not hide any change. */
const memory: DocumentMemory = new Map()
const check = () =>
  runGenerate({
    schemas: [schemas],
    out,
    names: { 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig': 'ServiceProviderConfig' },
    target: 'core',
    command: 'npm run generate',
    base: folder,
    memory,
    check: true,
  })

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files = readdirSync(schemas)
const fields = files.flatMap((file) => listFields(file, JSON.parse(readFileSync(join(schemas, file), 'utf8'))))
const count = 240
const chosen = Array.from({ length: count }, (_, index) => fields[Math.floor((index * fields.length) / count)])

describe('--check', () => {
  it('finds nothing to say about the schemas as they are', async () => {
    expect(await check()).toMatchObject({ status: 0, errors: [] })
  })

  it(`catches each of ${count} single-field mutations`, { timeout: 400_000 }, async () => {
    const missed: string[] = []
    const statuses = new Set<number>()
    for (const [number, field] of chosen.entries()) {
      if (!field) continue
      const path = join(schemas, field.file)
      const text = readFileSync(path, 'utf8')
      const document = JSON.parse(text) as Record<string, unknown>
      mutateField(document, field.path, number % 3 === 0)
      writeFileSync(path, JSON.stringify(document))
      const { status, errors } = await check()
      writeFileSync(path, text)
      statuses.add(status)
      if (status === 0 || errors.length === 0) missed.push(`${field.file}: ${field.path.join('.')}`)
    }
    expect(missed).toEqual([])
    expect([...statuses].sort()).toEqual([1, 2])
  })

  it('takes a schema that is only laid out in another way for the same', async () => {
    const path = join(schemas, 'user.json')
    const text = readFileSync(path, 'utf8')
    const { attributes, ...rest } = JSON.parse(text) as Record<string, unknown>
    writeFileSync(path, JSON.stringify({ attributes, ...rest }))
    expect(await check()).toMatchObject({ status: 0 })
    writeFileSync(path, text)
  })
})

describe('--check by a configuration, with every plug-in', () => {
  const example = join(root, 'examples/enterprise-extension')
  const files = ['acme-user.json', 'resource-types.json']
  const project = join(folder, 'project')
  const before = process.cwd()
  beforeAll(async () => {
    mkdirSync(project)
    process.chdir(project)
    for (const file of files) cpSync(join(example, file), file)
    const plugins = ['types', 'zod', 'client', 'openapi', 'samples', 'docs']
    writeFileSync('scim.config.json', JSON.stringify({ schemas: files, out: 'out', plugins }))
    expect(await runCommandLine(['generate'])).toMatchObject({ status: 0, errors: [] })
  })
  afterAll(() => process.chdir(before))

  it('finds nothing, then catches a mutation of every single field, and changes nothing itself', {
    timeout: 400_000,
  }, async () => {
    expect(await runCommandLine(['generate', '--check'])).toMatchObject({ status: 0, errors: [] })
    const fields = files.flatMap((file) => listFields(file, JSON.parse(readFileSync(file, 'utf8'))))
    expect(fields.length).toBeGreaterThan(100)
    const written = readdirSync('out', { recursive: true }).length
    for (const [number, { file, path }] of fields.entries()) {
      const text = readFileSync(file, 'utf8')
      const document = JSON.parse(text) as Record<string, unknown>
      mutateField(document, path, number % 3 === 0)
      writeFileSync(file, JSON.stringify(document))
      const { status } = await runCommandLine(['generate', '--check'])
      writeFileSync(file, text)
      expect([1, 2], `${file}: ${path.join('.')}`).toContain(status)
    }
    expect(readdirSync('out', { recursive: true })).toHaveLength(written)
    expect(await runCommandLine(['generate', '--check'])).toMatchObject({ status: 0 })
  })
})
