import { userResource } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { f } from './build.js'
import { filterFor } from './filter-for.js'
import { FilterSyntaxError } from './filter-syntax-error.js'
import { parseFilter } from './parse-filter.js'
import { stringifyFilter } from './stringify.js'

describe('the builder f', () => {
  it('builds what the parser reads', () => {
    const built = f.and(
      f.eq('a', 1),
      f.or(f.ne('a', null), f.co('b.c', 'x'), f.sw('b', 'x'), f.ew('b', 'x')),
      f.not(f.pr('urn:x:y:z')),
      f.gt('a', -0),
      f.ge('a', 1),
      f.lt('a', 1),
      f.le('a', 1),
    )
    expect(built).toEqual(
      parseFilter(
        'a eq 1 and (a ne null or b.c co "x" or b sw "x" or b ew "x") and not(urn:x:y:z pr) and a gt 0 and a ge 1 and a lt 1 and a le 1',
      ),
    )
    expect(f.where('emails', (email) => email.and(email.eq('type', 'work'), email.not(email.pr('value'))))).toEqual(
      parseFilter('emails[type eq "work" and not(value pr)]'),
    )
    expect(f.where('emails', f.eq('type', 'work'))).toEqual(parseFilter('emails[type eq "work"]'))
    expect(f.and(f.pr('a'))).toEqual(f.pr('a'))
    expect(filterFor(userResource).eq('userName', 'ada')).toEqual(f.eq('userName', 'ada'))
  })
  it('refuses what would not parse again', () => {
    expect(() => f.eq('a b', 1)).toThrow(FilterSyntaxError)
    expect(() => f.eq('emails[type pr]', 1)).toThrow(FilterSyntaxError)
    expect(() => f.eq('a', Number.POSITIVE_INFINITY)).toThrow(TypeError)
    expect(() => f.eq('a', {} as unknown as null)).toThrow(TypeError) // untyped callers may do so
    expect(() => f.and()).toThrow(TypeError)
    expect(() => f.or()).toThrow(TypeError)
    expect(() => f.where('a.b', f.pr('c'))).toThrow(TypeError)
    expect(() => f.where('a', f.pr('b.c'))).toThrow(TypeError)
    expect(() => f.where('a', f.not(f.or(f.pr('b'), f.pr('urn:x:c'))))).toThrow(TypeError)
    expect(() => f.where('a', f.where('b', f.pr('c')))).toThrow(TypeError)
    expect(() => stringifyFilter({ kind: 'and', filters: [] })).toThrow(TypeError)
    expect(() => stringifyFilter({ kind: 'nand' } as never)).toThrow(TypeError)
    expect(stringifyFilter({ kind: 'or', filters: [f.pr('a')] })).toBe('a pr')
  })
})
