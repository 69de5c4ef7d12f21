import { describe, expect, it } from 'vitest'
import { f } from './build.js'
import { parseFilter } from './parse-filter.js'
import { stringifyFilter, stringifyPath } from './stringify.js'
import { attributesOf, mapFilter } from './walk.js'

describe('walking', () => {
  it('attributesOf lists every attribute once', () => {
    expect(
      attributesOf(
        parseFilter('a pr and (b.c eq 1 or not(A pr)) and emails[type pr or value pr] and urn:x:y:z pr'),
      ).map(stringifyPath),
    ).toEqual(['a', 'b.c', 'emails.type', 'emails.value', 'urn:x:y:z'])
  })
  it('attributesOf keeps the attribute before the brackets in everything inside them', () => {
    expect(
      attributesOf(parseFilter('emails[not(type pr) and (value pr or not(primary pr))]')).map(stringifyPath),
    ).toEqual(['emails.type', 'emails.value', 'emails.primary'])
  })
  it('mapFilter changes from the leaves upward and keeps what stays the same', () => {
    const given = parseFilter('a pr and (b pr or not(c pr)) and d[e pr]')
    expect(mapFilter(given, (node) => node)).toBe(given)
    const changed = mapFilter(given, (node) => (node.kind === 'present' ? f.eq(node.path.name, 1) : node))
    expect(stringifyFilter(changed)).toBe('a eq 1 and (b eq 1 or not(c eq 1)) and d[e eq 1]')
    expect(Object.isFrozen(changed)).toBe(true)
  })
})
