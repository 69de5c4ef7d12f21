import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { generate } from '../src/index.js'

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
const read = (file: string) => ({ file, document: JSON.parse(readFileSync(join(root, file), 'utf8')) as unknown })

/** The text as the formatter of this repository lays it out. */
function format(name: string, text: string): string {
  const args = [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'format', `--stdin-file-path=${name}`]
  return execFileSync(process.execPath, args, { input: text, cwd: root, encoding: 'utf8' })
}

const long = {
  id: 'urn:example:params:scim:schemas:extension:inventory:2.0:User',
  name: 'Hardware Inventory',
  description: `It's "quoted" and long. ${'Words that need a second line. '.repeat(5)}`,
  attributes: [
    { name: 'kind', canonicalValues: Array.from({ length: 14 }, (_, index) => `value number ${index}`) },
    { name: 'a-b', multiValued: true, type: 'integer' },
    {
      name: 'devices',
      type: 'complex',
      multiValued: true,
      description: "It's one. ".repeat(20),
      subAttributes: [
        { name: 'value', required: true },
        { name: 'type', canonicalValues: Array.from({ length: 9 }, (_, index) => `kind of device ${index}`) },
      ],
    },
  ],
}

describe('generated code', () => {
  it('is laid out as a formatter would lay it out', async () => {
    const runs = [
      await generate({ schemas: readdirSync(join(root, 'schemas/scim')).map((file) => read(`schemas/scim/${file}`)) }),
      await generate({
        schemas: [read('examples/enterprise-extension/acme-user.json'), { file: 'long.json', document: long }],
        resourceTypes: [read('examples/enterprise-extension/resource-types.json')],
      }),
    ]
    const files = runs.flatMap((run) => [...run.files]).filter(([name]) => !name.endsWith('.zod.gen.ts'))
    expect(files.length).toBeGreaterThan(25)
    for (const [name, text] of files) expect.soft(text, name).toBe(format(name.replace('.gen.ts', '.ts'), text))
  })
})
