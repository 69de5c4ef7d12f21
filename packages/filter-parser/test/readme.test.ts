import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const text = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
const snippets = [...text.matchAll(/```ts\n\/\/ test: (\w+)\n([\s\S]*?)```/g)].map(([, name = '', code = '']) => ({
  name,
  code,
}))

describe('README', () => {
  it('has snippets', () => {
    expect(snippets.map(({ name }) => name)).toEqual(['parse', 'evaluate', 'build', 'sql'])
  })
  it.each(snippets)('runs the snippet $name', async ({ name, code }) => {
    const folder = await mkdtemp(join(import.meta.dirname, '.readme-'))
    const file = join(folder, `${name}.ts`)
    try {
      await writeFile(file, code)
      await expect(import(/* @vite-ignore */ file)).resolves.toBeDefined()
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
