import { type AttributePath, enterpriseUser, groupResource, userResource } from '@scimkit/core/schema'
import { parseFilter, parsePath } from '@scimkit/filter-parser'
import { describe, expect, it } from 'vitest'

const pathOf = (text: string): AttributePath => {
  const filter = parseFilter(text)
  if (filter.kind === 'present' || filter.kind === 'valuePath') return filter.path
  throw new Error(`${text} is no single term`)
}
const definitions = [userResource.extend(enterpriseUser), groupResource]
const names = [
  ...new Set(definitions.flatMap(({ schema }) => schema.attributes.map(({ name }) => name))),
  ...['id', 'externalId', 'meta.created', 'meta.lastModified', 'meta.resourceType', 'meta.version'],
  ...['name.familyName', 'name.givenName', 'emails.value', 'emails.type', 'groups.value', 'members.value'],
  ...enterpriseUser.schema.attributes.map(({ name }) => `${enterpriseUser.urn}:${name}`),
]

describe('a path that was read before', () => {
  it('is the same object again, for all that filters usually name at once', () => {
    const first = names.map((name) => pathOf(`${name} pr`))
    const again = names.map((name) => pathOf(`${name} pr`))
    expect(names.filter((_, index) => first[index] !== again[index])).toEqual([])
  })
  it('is found before a space, a bracket and the end of the text', () => {
    const path = pathOf('emails pr')
    expect(pathOf('emails[type pr]')).toBe(path)
    expect(pathOf('emails [type pr]')).toBe(path)
    expect(parsePath('emails')).toBe(path)
    expect(parseFilter('emails pr and (emails pr)')).toMatchObject({
      filters: [
        { path: expect.toSatisfy((found) => found === path) },
        { path: expect.toSatisfy((found) => found === path) },
      ],
    })
  })
  it('is found inside brackets where it is a bare name', () => {
    const path = pathOf('type pr')
    expect(parseFilter('emails[type eq 1]')).toMatchObject({
      filter: { path: expect.toSatisfy((found) => found === path) },
    })
  })
  it('is kept up to 128 units', () => {
    const [longest, longer] = ['l'.repeat(128), 'l'.repeat(129)]
    expect(pathOf(`${longest} pr`)).toBe(pathOf(`${longest} pr`))
    expect(pathOf(`${longer} pr`)).not.toBe(pathOf(`${longer} pr`))
    expect(pathOf(`${longer} pr`)).toEqual({ name: longer })
  })
})
