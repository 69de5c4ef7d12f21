import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from './run-command-line.js'

const schema = {
  id: 'urn:example:params:scim:schemas:extension:acme:2.0:User',
  name: 'Acme User',
  attributes: [{ name: 'badgeNumber', type: 'integer' }],
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scimkit-cli-'))
  writeFileSync(join(folder, 'package.json'), '{}')
  save('acme.json', schema)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)
const save = (name: string, document: unknown) => writeFileSync(path(name), JSON.stringify(document))
const generate = (...args: string[]) => runCommandLine(['generate', ...args])

describe('scim-codegen openapi', () => {
  it('leaves generated code beside the document alone', async () => {
    await generate('--schemas', path('acme.json'), '--out', folder)
    const before = readdirSync(folder).length
    const run = ['openapi', '--schemas', path('acme.json'), '--out', path('openapi.json')]
    const here = process.cwd()
    process.chdir(folder)
    try {
      expect(await runCommandLine(run)).toMatchObject({ status: 0, errors: [] })
      expect(await runCommandLine([...run, '--check'])).toMatchObject({ status: 0, errors: [] })
    } finally {
      process.chdir(here)
    }
    expect(readdirSync(folder)).toHaveLength(before + 1)
  })
})
