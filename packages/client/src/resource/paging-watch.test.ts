import { describe, expect, test } from 'vitest'
import type { PagingFault } from '../transport/errors.js'
import type { QueryParts } from './build-query.js'
import { createPagingWatch } from './paging-watch.js'
import type { Page } from './read-page.js'
import type { ReceivedResource } from './read-resource.js'

type Given = Partial<Omit<Page<ReceivedResource>, 'resources'>> & { readonly ids?: string; readonly asked?: QueryParts }

/** A page whose ids are single letters. */
function page({ ids = '', asked: _, ...rest }: Given): Page<ReceivedResource> {
  const none = { totalResults: undefined, startIndex: undefined, nextCursor: undefined, previousCursor: undefined }
  return { ...none, ...rest, resources: [...ids].map((id) => ({ id })) }
}

/** Takes pages, each asked for where the one before has led, until one leads nowhere. */
function watch(pages: readonly Given[]) {
  const faults: PagingFault[] = []
  const watched = createPagingWatch((error) => faults.push(error.reason))
  let asked: QueryParts | undefined = {}
  let fresh = ''
  let taken = 0
  for (const given of pages) {
    if (!asked) break
    const result = watched.take(page(given), given.asked ?? asked)
    fresh += result.fresh.map(({ id }) => id).join('')
    asked = result.next
    taken++
  }
  watched.finish()
  return { fresh, faults, taken, ends: asked === undefined }
}

describe('a listing', () => {
  const table: readonly { name: string; pages: readonly Given[]; want: Partial<ReturnType<typeof watch>> }[] = [
    { name: 'one page', pages: [{ ids: 'ab', totalResults: 2 }], want: { fresh: 'ab', faults: [], ends: true } },
    { name: 'nothing', pages: [{ totalResults: 0 }], want: { fresh: '', faults: [], ends: true } },
    {
      name: 'pages by index',
      pages: [
        { ids: 'ab', totalResults: 3 },
        { ids: 'c', totalResults: 3 },
      ],
      want: { fresh: 'abc', faults: [], taken: 2, ends: true },
    },
    {
      name: 'pages by index without a total end with an empty one',
      pages: [{ ids: 'ab' }, { ids: 'c' }, {}],
      want: { fresh: 'abc', faults: [], taken: 3, ends: true },
    },
    {
      name: 'pages by cursor',
      pages: [{ ids: 'ab', nextCursor: 'x' }, { nextCursor: 'y' }, { ids: 'c' }],
      want: { fresh: 'abc', faults: [], taken: 3, ends: true },
    },
    {
      name: 'an id twice',
      pages: [
        { ids: 'ab', totalResults: 3 },
        { ids: 'bc', totalResults: 4 },
      ],
      want: { fresh: 'abc', faults: ['duplicate', 'total'] },
    },
    {
      name: 'an index left out',
      pages: [
        { ids: 'ab', totalResults: 4 },
        { ids: 'cd', totalResults: 4, startIndex: 5 },
      ],
      want: { fresh: 'abcd', faults: ['gap'] },
    },
    {
      name: 'a list that becomes shorter',
      pages: [
        { ids: 'ab', totalResults: 4 },
        { ids: 'c', totalResults: 3 },
      ],
      want: { fresh: 'abc', faults: ['gap'] },
    },
    {
      name: 'a list that becomes longer',
      pages: [
        { ids: 'ab', totalResults: 2 + 1 },
        { ids: 'cd', totalResults: 4 },
      ],
      want: { fresh: 'abcd', faults: [] },
    },
    {
      name: 'a total that is untrue',
      pages: [{ ids: 'ab', totalResults: 5 }, { totalResults: 5 }],
      want: { fresh: 'ab', faults: ['total'] },
    },
    {
      name: 'a cursor twice',
      pages: [{ ids: 'a', nextCursor: 'x' }, { ids: 'b', nextCursor: 'x' }, { ids: 'c' }],
      want: { fresh: 'ab', faults: ['endless'], taken: 2, ends: true },
    },
    {
      name: 'the same page again and again, by index',
      pages: [
        { ids: 'ab', totalResults: 9 },
        { ids: 'ab', totalResults: 9 },
        { ids: 'ab', totalResults: 9 },
      ],
      want: { fresh: 'ab', faults: ['duplicate', 'endless', 'total'], taken: 2, ends: true },
    },
    {
      name: 'the same page again and again, by cursor',
      pages: [
        { ids: 'ab', nextCursor: 'x' },
        { ids: 'ab', nextCursor: 'y' },
        { ids: 'ab', nextCursor: 'z' },
      ],
      want: { fresh: 'ab', faults: ['duplicate', 'endless'], taken: 2, ends: true },
    },
  ]
  test.each(table)('is followed: $name', ({ pages, want }) => {
    expect(watch(pages)).toMatchObject(want)
  })

  test('passes over a hundred empty pages, and no more', () => {
    const empty = (count: number) => Array.from({ length: count }, (_, at) => ({ nextCursor: `c${at}` }))
    expect(watch([...empty(100), { ids: 'a' }])).toMatchObject({ fresh: 'a', faults: [] })
    expect(watch([...empty(101), { ids: 'a' }])).toMatchObject({ fresh: '', faults: ['endless'], taken: 101 })
  })

  test('throws its first fault at the end, where nothing hears of faults', () => {
    const watched = createPagingWatch(undefined)
    watched.take(page({ ids: 'aa', totalResults: 9 }), {})
    expect(() => watched.finish()).toThrow(expect.objectContaining({ reason: 'duplicate' }))
  })

  test('that begins again gives no id a second time, and counts anew', () => {
    const faults: PagingFault[] = []
    const watched = createPagingWatch((error) => faults.push(error.reason))
    watched.take(page({ ids: 'ab', nextCursor: 'x', totalResults: 4 }), {})
    watched.restart()
    const { fresh } = watched.take(page({ ids: 'abc', totalResults: 3 }), {})
    watched.finish()
    expect(fresh.map(({ id }) => id)).toEqual(['c'])
    expect(faults).toEqual([])
  })
})
