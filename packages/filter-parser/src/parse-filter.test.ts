import { describe, expect, it } from 'vitest'
import { type Filter, type FilterNote, FilterSyntaxError, filter, parseFilter, stringifyFilter } from './index.js'

const compare = (name: string, operator: 'eq' | 'co', value: string | number | boolean | null): Filter => ({
  kind: 'comparison',
  path: { name },
  operator,
  value,
})
const present = (name: string): Filter => ({ kind: 'present', path: { name } })

const valid: readonly { name: string; given: string; want: Filter; text?: string }[] = [
  { name: 'FI-1 operators in any case', given: 'a Eq 1', want: compare('a', 'eq', 1), text: 'a eq 1' },
  {
    name: 'FI-1 pr, and, or, not in any case',
    given: 'a PR AND NOT (b Pr) oR c pR',
    want: {
      kind: 'or',
      filters: [{ kind: 'and', filters: [present('a'), { kind: 'not', filter: present('b') }] }, present('c')],
    },
    text: 'a pr and not(b pr) or c pr',
  },
  {
    name: 'FI-2 and binds tighter than or',
    given: 'a pr or b pr and c pr',
    want: { kind: 'or', filters: [present('a'), { kind: 'and', filters: [present('b'), present('c')] }] },
  },
  {
    name: 'FI-2 parentheses bind tightest',
    given: '(a pr or b pr) and c pr',
    want: { kind: 'and', filters: [{ kind: 'or', filters: [present('a'), present('b')] }, present('c')] },
  },
  {
    name: 'FI-2 grouping of the same operator is kept',
    given: 'a pr and (b pr and c pr)',
    want: { kind: 'and', filters: [present('a'), { kind: 'and', filters: [present('b'), present('c')] }] },
  },
  { name: 'needless parentheses are dropped', given: '((a pr))', want: present('a'), text: 'a pr' },
  { name: 'FI-3 not without a space', given: 'not(a pr)', want: { kind: 'not', filter: present('a') } },
  {
    name: 'FI-3 not with a space',
    given: 'not (a pr)',
    want: { kind: 'not', filter: present('a') },
    text: 'not(a pr)',
  },
  { name: 'an attribute may be called not', given: 'not pr', want: present('not') },
  { name: 'an attribute may be called notes', given: 'notes eq 1', want: compare('notes', 'eq', 1) },
  {
    name: 'FI-4 escapes and surrogate pairs',
    given: String.raw`a eq "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"`,
    want: compare('a', 'eq', '"\\/\b\f\n\r\té😀'),
    text: String.raw`a eq "\"\\/\b\f\n\r\té😀"`,
  },
  {
    name: 'FI-4 literals',
    given: 'a eq true or a eq false or a eq null',
    want: { kind: 'or', filters: [compare('a', 'eq', true), compare('a', 'eq', false), compare('a', 'eq', null)] },
  },
  {
    name: 'numbers with fraction and exponent',
    given: 'a eq -1.5E+3',
    want: compare('a', 'eq', -1500),
    text: 'a eq -1500',
  },
  { name: '-0 is 0', given: 'a eq -0', want: compare('a', 'eq', 0), text: 'a eq 0' },
  { name: 'large numbers are written without a plus sign', given: 'a eq 1e21', want: compare('a', 'eq', 1e21) },
  {
    name: 'FI-5 several spaces around an attribute operator',
    given: 'a  eq   1',
    want: compare('a', 'eq', 1),
    text: 'a eq 1',
  },
  { name: 'spaces inside parentheses', given: '(  a pr  )', want: present('a'), text: 'a pr' },
  {
    name: 'FI-6 brackets',
    given: 'emails [ type eq "work" and value co "@" ]',
    want: {
      kind: 'valuePath',
      path: { name: 'emails' },
      filter: { kind: 'and', filters: [compare('type', 'eq', 'work'), compare('value', 'co', '@')] },
    },
    text: 'emails[type eq "work" and value co "@"]',
  },
  {
    name: 'FI-7 logic inside brackets',
    given: 'a[(b pr or not(c pr)) and d pr] and e.f pr',
    want: {
      kind: 'and',
      filters: [
        {
          kind: 'valuePath',
          path: { name: 'a' },
          filter: {
            kind: 'and',
            filters: [{ kind: 'or', filters: [present('b'), { kind: 'not', filter: present('c') }] }, present('d')],
          },
        },
        { kind: 'present', path: { name: 'e', subAttribute: 'f' } },
      ],
    },
  },
  {
    name: 'FI-11 a URN is split at its last colon',
    given: 'urn:a:2.0:User:name.given eq 1',
    want: {
      kind: 'comparison',
      path: { urn: 'urn:a:2.0:User', name: 'name', subAttribute: 'given' },
      operator: 'eq',
      value: 1,
    },
  },
  {
    name: 'a URI of a schema with slashes',
    given: 'http://x.example/a#b:c pr',
    want: { kind: 'present', path: { urn: 'http://x.example/a#b', name: 'c' } },
  },
  {
    name: 'UN-8 names with dollar, digit, dash and underscore',
    given: '$ref eq 1 or a1-_$ pr',
    want: { kind: 'or', filters: [compare('$ref', 'eq', 1), present('a1-_$')] },
  },
  {
    name: 'all operators',
    given: 'a ne 1 or a sw "b" or a ew "b" or a gt 1 or a ge 1 or a lt 1 or a le 1',
    want: {
      kind: 'or',
      filters: (['ne', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const).map((operator) => ({
        kind: 'comparison',
        path: { name: 'a' },
        operator,
        value: operator.endsWith('w') ? 'b' : 1,
      })),
    },
  },
]

const refused: readonly { name: string; given: string; position: number; expected: string }[] = [
  { name: 'FI-12 empty text', given: '', position: 0, expected: 'attribute name' },
  { name: 'FI-12 blank text', given: ' ', position: 0, expected: 'attribute name' },
  { name: 'FI-12 trailing text', given: 'a pr b', position: 4, expected: 'and' },
  { name: 'FI-12 trailing blank', given: 'a pr ', position: 4, expected: 'end of text' },
  { name: 'FI-12 unbalanced parenthesis', given: '(a pr', position: 5, expected: ')' },
  { name: 'FI-12 parenthesis too many', given: 'a pr)', position: 4, expected: 'end of text' },
  { name: 'FI-12 unbalanced bracket', given: 'a[b pr', position: 6, expected: ']' },
  { name: 'FI-12 bracket closed by a parenthesis', given: 'a[b pr)', position: 6, expected: ']' },
  { name: 'FI-13 unknown operator', given: 'a xx 1', position: 2, expected: 'eq' },
  { name: 'FI-13 operator with a letter too many', given: 'a eqq 1', position: 2, expected: 'eq' },
  {
    name: 'units that only look like an operator when cut to a byte',
    given: 'a d\u0171 1',
    position: 2,
    expected: 'eq',
  },
  { name: 'FI-3 not without parentheses', given: 'not a eq 1', position: 4, expected: 'eq' },
  { name: 'FI-4 single quotes', given: "a eq 'b'", position: 5, expected: 'string' },
  { name: 'FI-4 bare word', given: 'a eq b', position: 5, expected: 'string' },
  { name: 'FI-1 literal in capitals', given: 'a eq TRUE', position: 5, expected: 'true' },
  { name: 'leading zero', given: 'a eq 01', position: 5, expected: 'number' },
  { name: 'number beyond all numbers', given: 'a eq 1e999', position: 5, expected: 'number' },
  { name: 'unknown escape', given: 'a eq "\\x"', position: 6, expected: 'JSON escape' },
  { name: 'cut escape', given: 'a eq "\\u12"', position: 6, expected: 'JSON escape' },
  { name: 'control character in a string', given: 'a eq "b\nc"', position: 7, expected: 'JSON escape' },
  { name: 'string without end', given: 'a eq "b', position: 7, expected: '"' },
  { name: 'missing value', given: 'a eq', position: 4, expected: 'space' },
  { name: 'missing value behind a space', given: 'a eq ', position: 5, expected: 'string' },
  { name: 'missing operator', given: 'a', position: 1, expected: 'space' },
  { name: 'FI-5 missing space', given: 'a eq"b"', position: 4, expected: 'space' },
  { name: 'FI-5 tab', given: 'a\teq 1', position: 1, expected: 'space' },
  { name: 'FI-5 a tab behind a space', given: 'a \teq 1', position: 2, expected: 'eq' },
  { name: 'FI-5 two spaces before and', given: 'a pr  and b pr', position: 4, expected: 'end of text' },
  { name: 'FI-5 two spaces behind and', given: 'a pr and  b pr', position: 9, expected: 'attribute name' },
  { name: 'and without space behind it', given: 'a pr and(b pr)', position: 8, expected: 'space' },
  { name: 'a word that begins with and', given: 'a pr android', position: 4, expected: 'and' },
  { name: 'FI-7 URN inside brackets', given: 'a[urn:b:c pr]', position: 5, expected: 'space' },
  { name: 'FI-7 dotted name inside brackets', given: 'a[b.c pr]', position: 3, expected: 'space' },
  { name: 'FI-7 brackets behind a sub-attribute', given: 'a.b[c pr]', position: 3, expected: 'space' },
  { name: 'FI-7 nested brackets', given: 'a[b[c pr]]', position: 3, expected: 'space' },
  { name: 'FI-10 sub-attribute behind brackets', given: 'a[b pr].c eq 1', position: 7, expected: 'end of text' },
  { name: 'UN-3 two dots', given: 'a.b.c pr', position: 3, expected: 'space' },
  { name: 'UN-3 two dots behind a URN', given: 'urn:a:b.c.d pr', position: 9, expected: 'space' },
  { name: 'UN-8 name that begins with a digit', given: '1a pr', position: 0, expected: 'attribute name' },
  { name: 'UN-8 name that begins with a dash', given: '-a pr', position: 0, expected: 'attribute name' },
  { name: 'sub-attribute missing', given: 'a. pr', position: 2, expected: 'attribute name' },
]

describe('parseFilter', () => {
  it.each(valid)('$name', ({ given, want, text = given }) => {
    const tree = parseFilter(given)
    expect(tree).toEqual(want)
    expect(stringifyFilter(tree)).toBe(text)
    expect(parseFilter(stringifyFilter(tree))).toEqual(tree)
    expect(parseFilter(given, { lenient: true })).toEqual(want) // what is strict keeps its meaning
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
    expect(isDeeplyFrozen(tree)).toBe(true)
  })

  it.each(refused)('refuses $name', ({ given, position, expected }) => {
    const error = failureOf(() => parseFilter(given))
    expect(error).toMatchObject({ name: 'FilterSyntaxError', source: given, position, scimType: 'invalidFilter' })
    expect(error.expected).toContain(expected)
    expect(error.detail).not.toContain('\n')
    const [, shown = '', caret = ''] = error.message.split('\n')
    expect(shown.slice(2)).toBe(given.replace(/[\n\t]/g, '?'))
    expect(caret.length - 1).toBe(position + 2)
    expect(FilterSyntaxError.is(error)).toBe(true)
    expect(FilterSyntaxError.is(new Error('x'))).toBe(false)
    expect(FilterSyntaxError.is(null)).toBe(false)
  })

  it('shows a window around the place in a long text', () => {
    const error = failureOf(() => parseFilter(`${'a pr or '.repeat(50)}?`))
    expect(error.position).toBe(400)
    expect(
      error.message
        .split('\n')
        .slice(1)
        .map((line) => line.length),
    ).toEqual([63, 63])
  })

  it.each([
    { name: 'FI-16 length', given: 'abc pr', limits: { length: 5 }, position: 5 },
    { name: 'FI-16 depth', given: '((a pr))', limits: { depth: 1 }, position: 2 },
    { name: 'FI-16 depth of brackets', given: '(a[b pr])', limits: { depth: 1 }, position: 3 },
    {
      name: 'FI-16 depth, whatever is asked for,',
      given: `${'('.repeat(257)}a pr${')'.repeat(257)}`,
      limits: { depth: 1000 },
      position: 257,
    },
    { name: 'FI-16 terms', given: 'a pr or b pr', limits: { terms: 1 }, position: 8 },
    { name: 'FI-16 length by default', given: `a eq "${'x'.repeat(8192)}"`, limits: undefined, position: 8192 },
    {
      name: 'FI-16 depth by default',
      given: `${'('.repeat(33)}a pr${')'.repeat(33)}`,
      limits: undefined,
      position: 33,
    },
    {
      name: 'FI-16 terms by default',
      given: Array.from({ length: 257 }, () => 'a pr').join(' or '),
      limits: undefined,
      position: 2048,
    },
  ])('$name is limited', ({ given, limits, position }) => {
    expect(failureOf(() => parseFilter(given, { limits })).position).toBe(position)
  })

  it('takes exactly what the limits allow', () => {
    expect(() => parseFilter(`${'('.repeat(32)}a pr${')'.repeat(32)}`)).not.toThrow()
    expect(() => parseFilter(Array.from({ length: 256 }, () => 'a pr').join(' or '))).not.toThrow()
    expect(() => parseFilter(`a eq "${'x'.repeat(8192 - 7)}"`)).not.toThrow()
  })

  it('knows a schema whose URN ends in something else than a name', () => {
    expect(failureOf(() => parseFilter('urn:x:1.0 pr')).position).toBe(6)
    expect(parseFilter('urn:X:1.0 pr', { schemas: ['urn:x:1.0'] })).toEqual({
      kind: 'present',
      path: { urn: 'urn:X', name: '1', subAttribute: '0' },
    })
    expect(() => parseFilter('urn:y:1.0 pr', { schemas: ['urn:x:1.0'] })).toThrow(FilterSyntaxError)
  })
})

describe('parseFilter leniently', () => {
  it.each([
    {
      name: 'FI-4 a bare word',
      given: 'externalId eq jyoung',
      want: 'externalId eq "jyoung"',
      notes: [{ rule: 'bareWords', position: 14 }],
    },
    {
      name: 'FI-4 a bare address',
      given: '(a eq ada@x.com)',
      want: 'a eq "ada@x.com"',
      notes: [{ rule: 'bareWords', position: 6 }],
    },
    {
      name: 'FI-5 spaces and tabs around everything',
      given: ' \ta\t eq  1 ',
      want: 'a eq 1',
      notes: ['spacing', 'spacing', 'spacing'].map((rule, index) => ({ rule, position: [0, 3, 10][index] })),
    },
    {
      name: 'FI-5 no space behind the operator',
      given: 'members[value eq"x"]',
      want: 'members[value eq "x"]',
      notes: [{ rule: 'spacing', position: 16 }],
    },
    {
      name: 'FI-5 no space beside parentheses',
      given: '(a pr)and(b pr)',
      want: 'a pr and b pr',
      notes: [
        { rule: 'spacing', position: 6 },
        { rule: 'spacing', position: 9 },
      ],
    },
    {
      name: 'FI-5 two spaces before or',
      given: 'a pr  or b pr',
      want: 'a pr or b pr',
      notes: [{ rule: 'spacing', position: 4 }],
    },
    {
      name: 'FI-10 a comparison behind brackets',
      given: 'emails[type eq "work"].value co "x"',
      want: 'emails[type eq "work" and value co "x"]',
      notes: [{ rule: 'filterAfterBracket', position: 22 }],
    },
    {
      name: 'FI-10 behind more than one term',
      given: 'e[a pr and b pr].c pr',
      want: 'e[a pr and b pr and c pr]',
      notes: [{ rule: 'filterAfterBracket', position: 16 }],
    },
    {
      name: 'FI-10 behind an or',
      given: 'e[a pr or b pr].c pr',
      want: 'e[(a pr or b pr) and c pr]',
      notes: [{ rule: 'filterAfterBracket', position: 15 }],
    },
  ])('$name', ({ given, want, notes }) => {
    const seen: FilterNote[] = []
    expect(stringifyFilter(parseFilter(given, { lenient: true, onNote: (note) => seen.push(note) }))).toBe(want)
    expect(seen).toEqual(notes)
    expect(() => parseFilter(given, { lenient: false })).toThrow(FilterSyntaxError)
  })

  it.each([
    { rule: 'bareWords', given: 'a eq b' },
    { rule: 'spacing', given: 'a pr  and b pr' },
    { rule: 'filterAfterBracket', given: 'a[b pr].c pr' },
  ] as const)('takes $rule alone when it alone is allowed', ({ rule, given }) => {
    expect(() => parseFilter(given, { lenient: { [rule]: true } })).not.toThrow()
    for (const other of ['bareWords', 'spacing', 'filterAfterBracket'] as const) {
      if (other !== rule) expect(() => parseFilter(given, { lenient: { [other]: true } })).toThrow(FilterSyntaxError)
    }
  })

  it.each(['', ' ', 'a pr b', "a eq 'b'", 'not a eq 1', '(a pr', 'a xx 1', 'a[b pr].c.d pr', 'a[b pr].c[d pr]'])(
    'still refuses %j',
    (given) => {
      expect(() => parseFilter(given, { lenient: true })).toThrow(FilterSyntaxError)
    },
  )
})

describe('filter`…`', () => {
  it('takes values as values', () => {
    const evil = '" or a pr or b eq "'
    expect(filter`userName eq ${evil} and n gt ${-0} and x eq ${null} and y eq ${true}`).toEqual(
      parseFilter(`userName eq ${JSON.stringify(evil)} and n gt 0 and x eq null and y eq true`),
    )
    expect(filter`a eq "?1" and b eq ${'c'}`).toEqual(parseFilter('a eq "?1" and b eq "c"'))
    expect(filter`a eq "\u00e9"`).toEqual(parseFilter('a eq "é"'))
  })
  it('refuses a value anywhere else', () => {
    expect(() => filter`a eq "${' or b eq '}"`).toThrow(FilterSyntaxError)
    expect(() => filter`${'a'} pr`).toThrow(FilterSyntaxError)
    expect(() => filter`a eq ${Number.NaN}`).toThrow(TypeError)
    expect(() => filter`a eq ${undefined as unknown as null}`).toThrow(TypeError) // untyped callers may do so
  })
})

function failureOf(run: () => unknown): FilterSyntaxError {
  try {
    run()
  } catch (error) {
    if (FilterSyntaxError.is(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

function isDeeplyFrozen(value: unknown): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen))
  )
}
