import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { runGenerate } from '../src/run-generate.js'

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
const folder = mkdtempSync(join(tmpdir(), 'scimkit-mutations-'))
const schemas = join(folder, 'schemas/scim')
const out = join(folder, 'generated')
mkdirSync(dirname(schemas))
cpSync(join(root, 'schemas/scim'), schemas, { recursive: true })
cpSync(join(root, 'packages/core/src/generated'), out, { recursive: true })

const check = () =>
  runGenerate({
    schemas: [schemas],
    out,
    names: { 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig': 'ServiceProviderConfig' },
    target: 'core',
    command: 'npm run generate',
    base: folder,
    check: true,
  })

afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Json = Record<string, unknown>

/** One field of a schema file: where it lies, and how to change it. */
interface Field {
  readonly file: string
  readonly path: readonly string[]
}

function listFields(file: string, value: unknown, path: readonly string[] = []): readonly Field[] {
  if (typeof value !== 'object' || value === null) return [{ file, path }]
  return Object.entries(value).flatMap(([name, member]) => listFields(file, member, [...path, name]))
}

const words: Record<string, readonly string[]> = {
  type: ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference'],
  mutability: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  returned: ['always', 'default', 'request', 'never'],
  uniqueness: ['none', 'server', 'global'],
}

/** Another value that the field could have by a slip of the hand; every third field is deleted. */
function mutate(document: Json, path: readonly string[], remove: boolean): void {
  const last = path.at(-1) ?? ''
  const parent = path.slice(0, -1).reduce<Json>((value, name) => value[name] as Json, document) // the path was listed
  const value = parent[last]
  if (remove && !Array.isArray(parent)) delete parent[last]
  else if (typeof value === 'boolean') parent[last] = !value
  else if (typeof value !== 'string') throw new Error(`${path.join('.')} is of no kind that a schema has`)
  else if (words[last]) parent[last] = words[last][(words[last].indexOf(value) + 1) % words[last].length]
  else parent[last] = `${value}x`
}

const files = readdirSync(schemas)
const fields = files.flatMap((file) => listFields(file, JSON.parse(readFileSync(join(schemas, file), 'utf8'))))
const count = 240
const chosen = Array.from({ length: count }, (_, index) => fields[Math.floor((index * fields.length) / count)])

describe('--check', () => {
  it('finds nothing to say about the schemas as they are', async () => {
    expect(await check()).toMatchObject({ status: 0, errors: [] })
  })

  it(`catches each of ${count} single-field mutations`, async () => {
    const missed: string[] = []
    const statuses = new Set<number>()
    for (const [number, field] of chosen.entries()) {
      if (!field) continue
      const path = join(schemas, field.file)
      const text = readFileSync(path, 'utf8')
      const document = JSON.parse(text) as Json
      mutate(document, field.path, number % 3 === 0)
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
    const { attributes, ...rest } = JSON.parse(text) as Json
    writeFileSync(path, JSON.stringify({ attributes, ...rest }))
    expect(await check()).toMatchObject({ status: 0 })
    writeFileSync(path, text)
  })
})
