import { defineAttribute, ScimError, userResource } from '@scimkit/core/schema'
import { parsePath } from '@scimkit/filter-parser'
import { describe, expect, it } from 'vitest'
import type { Note } from '../compatibility/reading.js'
import { resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import { selectElements } from './select-elements.js'

const emails = userResource.index.get('emails')?.attribute ?? defineAttribute({ name: 'emails' })

/** Selects among e-mail addresses by the filter of a path. */
function select(filter: string) {
  const notes: Note[] = []
  const parsed = parsePath(`emails[${filter}]`).filter
  if (!parsed) throw new Error(`${filter} is not a filter`)
  const bracketed = { attribute: emails, path: 'emails[…]', filter: parsed }
  const reading = { rules: resolveCompatibility(), onNote: (note: Note) => notes.push(note) }
  return { ...selectElements(userResource, bracketed, reading), notes }
}

describe('selectElements', () => {
  const work = { value: 'ada@example.com', type: 'work', primary: true }
  const home = { value: 'ada@example.org', type: 'home' }

  it.each([
    { filter: 'type eq "WORK"', want: [work], terms: 1, named: false },
    { filter: 'value ew ".org" or primary eq true', want: [work, home], terms: 2, named: true },
    { filter: 'not (type eq "work") and value pr', want: [home], terms: 2, named: true },
    { filter: 'display pr', want: [], terms: 1, named: false },
  ])('selects by $filter', ({ filter, want, terms, named }) => {
    const selected = select(filter)
    expect([work, home].filter(selected.matches)).toEqual(want)
    expect([selected.terms, selected.namesValue]).toEqual([terms, named])
  })

  it('reads literals by the type of the sub-attribute', () => {
    const selected = select('primary eq "True"')
    expect([work, home].filter(selected.matches)).toEqual([work])
    expect(selected.notes.map(({ rule, path }) => [rule, path])).toEqual([['stringBooleans', 'emails[primary]']])
  })

  it.each([
    { filter: 'type eq "work"', want: { type: 'work' } },
    { filter: 'TYPE eq "work" and value eq "x"', want: { type: 'work', value: 'x' } },
    { filter: 'type eq "work" or type eq "home"', want: undefined },
    { filter: 'type eq "work" and type eq "home"', want: undefined },
    { filter: 'type ne "work"', want: undefined },
    { filter: 'type eq null', want: undefined },
  ])('describes an element by eq terms joined by and: $filter', ({ filter, want }) => {
    expect(select(filter).described).toEqual(want)
  })

  it('names what identifies an element, which stays when the element is replaced', () => {
    expect(select('Type eq "work" and (value eq "x" or display co "y")').identifying).toEqual(['type', 'value'])
  })

  it('refuses a name that is not a sub-attribute', () => {
    expect(() => select('colour eq "red"')).toThrow(ScimError)
    expect(() => select('colour eq "red"')).toThrow('emails[…]: colour is not a sub-attribute of emails')
  })
})
