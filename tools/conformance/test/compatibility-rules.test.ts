import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compatibilityRules } from '@scimkit/core/internal'
import { describe, expect, it } from 'vitest'
import { readSamples } from '../src/index.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const samples = await readSamples(`${root}schemas/samples`)
const shown = new Set(samples.exchanges.flatMap(({ rules }) => Object.keys(rules ?? {})))

const kit = `${root}packages/server-kit/src`
const sources = readdirSync(kit, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, code: withoutComments(readFileSync(join(kit, file), 'utf8')) }))

/** What a single request cannot show, each with the test that does. */
const shownByTests: Readonly<Record<string, string>> = {
  unchangedRequired: 'packages/server-kit/test/http/evolution-rules.ts',
  nullPassword: 'packages/server-kit/test/http/password-rules.ts',
}

describe('each compatibility rule', () => {
  it.each(Object.keys(compatibilityRules))('%s is consulted in one file of server-kit', (rule) => {
    const named = new RegExp(`\\b${rule}\\b`)
    const places = sources.filter(({ code }) => named.test(code)).map(({ file }) => file)
    expect(places).toHaveLength(1)
  })

  // What strict has on too goes no further than the RFC, and what no base has on is left to the options of a server.
  const beyond = Object.entries(compatibilityRules).filter(([, on]) => on.includes('lenient') && !on.includes('strict'))
  it.each(beyond)('%s has a sample, or a test that shows it', (rule) => {
    const test = shownByTests[rule]
    if (test) expect(readFileSync(root + test, 'utf8')).toContain(rule)
    else expect(shown).toContain(rule)
  })
})

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}
