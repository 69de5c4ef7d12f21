import { enterpriseUser, userResource } from '@scimkit/core/schema'
import { parseFilter } from '@scimkit/filter-parser'
import { describe, expect, it } from 'vitest'
import { coerceFilter } from './coerce-filter.js'
import type { Note } from './reading.js'
import { resolveCompatibility } from './resolve-compatibility.js'

const definition = userResource.extend(enterpriseUser)

function coerce(text: string, base: 'lenient' | 'strict' = 'lenient') {
  const notes: Note[] = []
  const filter = parseFilter(text)
  const coerced = coerceFilter(filter, definition, {
    rules: resolveCompatibility(base),
    onNote: (note) => notes.push(note),
  })
  return { filter, coerced, paths: notes.map((note) => note.path) }
}

describe('FI-17: coerceFilter', () => {
  const cases: { name: string; given: string; want: string; paths: string[] }[] = [
    { name: 'a boolean attribute', given: 'active eq "True"', want: 'active eq true', paths: ['active'] },
    {
      name: 'below and, or and not',
      given: 'title pr and (active eq "false" or not (active eq "TRUE"))',
      want: 'title pr and (active eq false or not (active eq true))',
      paths: ['active', 'active'],
    },
    {
      name: 'a sub-attribute',
      given: 'emails.primary eq "True"',
      want: 'emails.primary eq true',
      paths: ['emails.primary'],
    },
    {
      name: 'inside brackets',
      given: 'roles[primary eq "True" and value eq "True"]',
      want: 'roles[primary eq true and value eq "True"]',
      paths: ['roles[primary]'],
    },
  ]
  it.each(cases)('reads strings as booleans for $name', ({ given, want, paths }) => {
    const { coerced, paths: noted } = coerce(given)
    expect(coerced).toEqual(parseFilter(want))
    expect(noted).toEqual(paths)
    expect(Object.isFrozen(coerced)).toBe(true)
  })

  const untouched = [
    'active eq true',
    'active eq "yes"',
    'active pr',
    'title eq "True"',
    'colour eq "True"',
    'emails eq "True"',
    'manager eq "True"',
    'name eq "True"',
    'emails[value eq "True"]',
    'emails[active eq "True"]',
    'colours[primary eq "True"]',
    'schemas[value eq "True"]',
  ]
  it.each(untouched)('leaves %s as it is', (text) => {
    const { filter, coerced, paths } = coerce(text)
    expect(coerced).toBe(filter)
    expect(paths).toEqual([])
  })

  it('does nothing where the rule is off', () => {
    const { filter, coerced } = coerce('active eq "True"', 'strict')
    expect(coerced).toBe(filter)
  })
})
