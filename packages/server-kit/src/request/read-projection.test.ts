import { describe, expect, it } from 'vitest'
import { makeContext } from '../../test/make-context.js'
import { type GivenProjection, readProjection } from './read-projection.js'

const ada = { schemas: ['urn'], id: '1', userName: 'ada', title: 'Dr', name: { givenName: 'A', familyName: 'L' } }

const project = (given: GivenProjection, compatibility: 'lenient' | 'strict' = 'strict') =>
  Object.keys(readProjection(makeContext({ compatibility }).context, given).project(ada)).sort()

describe('which attributes a response carries', () => {
  it.each([
    { given: {}, want: ['id', 'name', 'schemas', 'title', 'userName'] },
    { given: { attributes: ' , ' }, want: ['id', 'name', 'schemas', 'title', 'userName'] },
    {
      given: { attributes: null, excludedAttributes: undefined },
      want: ['id', 'name', 'schemas', 'title', 'userName'],
    },
    { given: { attributes: ' TITLE ' }, want: ['id', 'schemas', 'title'] },
    { given: { attributes: ['title', 'name.givenName'] }, want: ['id', 'name', 'schemas', 'title'] },
    { given: { excludedAttributes: 'title,id' }, want: ['id', 'name', 'schemas', 'userName'] },
  ])('$given', ({ given, want }) => {
    expect(project(given)).toEqual(want)
  })

  it.each([
    { given: { attributes: 1 }, detail: 'attributes must be a list of attribute paths' },
    { given: { excludedAttributes: ['title', 1] }, detail: 'excludedAttributes must be a list of attribute paths' },
    {
      given: { attributes: 'a', excludedAttributes: 'b' },
      detail: 'attributes and excludedAttributes cannot be combined; give one of them',
    },
    {
      given: { attributes: 'titel' },
      detail: 'A path of attributes or excludedAttributes is not an attribute of User',
    },
  ])('$given is refused: $detail', ({ given, detail }) => {
    expect(() => project(given)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidValue', detail }))
  })

  it('lenient passes over a path that it does not know', () => {
    expect(project({ attributes: 'titel,title' }, 'lenient')).toEqual(['id', 'schemas', 'title'])
  })
})

describe('the parts that only the service provider knows', () => {
  it.each([
    { given: {}, groups: ['$ref', 'display', 'type', 'value'] },
    { given: { attributes: 'groups.display' }, groups: ['display'] },
    { given: { attributes: 'title' }, groups: undefined },
    { given: { excludedAttributes: 'groups' }, groups: undefined },
  ])('groups with $given', ({ given, groups }) => {
    const kept = readProjection(makeContext().context, given).groups
    expect(kept && [...kept].sort()).toEqual(groups)
  })

  it('is made once for the usual parameters', () => {
    const { context } = makeContext()
    const first = readProjection(context, { attributes: 'title' })
    expect(readProjection(context, { attributes: 'title' })).toBe(first)
    expect(first.isDefault).toBe(false)
    expect(readProjection(context, {}).isDefault).toBe(true)
    for (let n = 0; n < 70; n++) readProjection(context, { attributes: `title,x${n}` })
    expect(readProjection(context, { attributes: 'title' }).project(ada)).toEqual(first.project(ada))
  })
})
