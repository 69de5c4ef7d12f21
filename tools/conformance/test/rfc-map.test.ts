import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './docs/read-pages.js'

const map = readFileSync(join(root, 'docs/rfc-map.md'), 'utf8')
const rows = [...map.matchAll(/^\| ([A-Z]{2}-\d+) \|([^|]*)\|([^|]*)\|$/gm)].map(
  ([, id = '', kept = '', tested = '']) => ({
    id,
    kept: pathsIn(kept),
    tested: pathsIn(tested),
  }),
)
const required = readRequired()

describe('docs/rfc-map.md', () => {
  it('lists the rules that must or should hold, each once, and each with a row', () => {
    expect(required.length).toBeGreaterThan(80)
    expect(new Set(required).size).toBe(required.length)
    const mapped = new Set(rows.map(({ id }) => id))
    expect(required.filter((id) => !mapped.has(id))).toEqual([])
    expect(mapped.size).toBe(rows.length)
  })

  it('names files that exist', () => {
    const named = rows.flatMap(({ kept, tested }) => [...kept, ...tested])
    expect([...new Set(named)].filter((path) => !existsSync(path))).toEqual([])
  })

  it.each(rows)('$id has a test of its name in every file of its row', ({ id, tested }) => {
    expect(tested).not.toEqual([])
    expect(tested.filter((path) => !listNamed(readFileSync(path, 'utf8')).has(id))).toEqual([])
  })
})

function readRequired(): readonly string[] {
  const section = /^## Rules that the texts lay down$([\s\S]*?)^## /m.exec(map)?.[1] ?? ''
  return section.match(/\b[A-Z]{2}-\d+\b/g) ?? []
}

function pathsIn(cell: string): readonly string[] {
  const names = [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '')
  return names.map((name) => join(root, /^(packages|tools)\//.test(name) ? name : `packages/server-kit/${name}`))
}

/** Ids that the name of a test begins with: `'PA-9: …'`, `'ET-4, ET-9: …'`, `'PG-1 to PG-4: …'`, `id: 'FI-1'`. */
function listNamed(code: string): ReadonlySet<string> {
  const heads = [...code.matchAll(/(?<!\w)['"`]([A-Z]{2}-\d+(?:(?:, | to | and )[A-Z]{2}-\d+)*)(?=[\s:'"`,])/g)]
  return new Set(heads.flatMap(([, head = '']) => [...(head.match(/[A-Z]{2}-\d+/g) ?? []), ...fillRanges(head)]))
}

function fillRanges(head: string): readonly string[] {
  return [...head.matchAll(/([A-Z]{2})-(\d+) to \1-(\d+)/g)].flatMap(([, group, from, to]) => {
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `${group}-${Number(from) + at}`)
  })
}
