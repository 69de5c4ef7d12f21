import { expect, test } from 'vitest'
import { createKnownVersions, versionOf } from './known-versions.js'

test('the newest versions are known, the oldest forgotten', () => {
  const versions = createKnownVersions(3)
  for (const key of ['a', 'b', 'c']) versions.set(key, `"${key}"`)
  versions.set('a', '"a2"')
  versions.set('d', '"d"')
  expect(['a', 'b', 'c', 'd'].map((key) => versions.get(key))).toEqual(['"a2"', undefined, '"c"', '"d"'])
  versions.set('c', undefined)
  expect(versions.get('c')).toBeUndefined()
})

test('whatever the order of reads and deletions, just the newest are known', () => {
  const versions = createKnownVersions(5)
  let newest: string[] = []
  for (let turn = 0, state = 1; turn < 2_000; turn++) {
    state = (state * 48_271) % 2_147_483_647
    const key = `${state % 9}`
    const gone = state % 7 === 0
    versions.set(key, gone ? undefined : `"${turn}"`)
    newest = [...newest.filter((other) => other !== key), ...(gone ? [] : [key])].slice(-5)
    const known = Array.from({ length: 9 }, (_, other) => `${other}`).filter((other) => versions.get(other))
    expect(known).toEqual([...newest].sort())
  }
})

test('a version is an entity tag of the header, else of meta; other texts are ignored', () => {
  const body = { meta: { version: 'W/"2"' } }
  expect(versionOf(new Headers({ etag: '"1"' }), body)).toBe('"1"')
  expect(versionOf(new Headers(), body)).toBe('W/"2"')
  expect(versionOf(undefined, body)).toBe('W/"2"')
  for (const version of ['2', 2, '', null, 'w/"2"', '"a"b"'])
    expect(versionOf(undefined, { meta: { version } })).toBeUndefined()
  expect(versionOf(undefined, { meta: null })).toBeUndefined()
  expect(versionOf(undefined, undefined)).toBeUndefined()
})
