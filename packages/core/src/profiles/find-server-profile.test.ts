import { describe, expect, it } from 'vitest'
import { findAttribute, groupResource, userResource } from '../schema.js'
import { findServerProfile, serverProfiles } from './find-server-profile.js'

describe.each(serverProfiles)('the profile of $title', (profile) => {
  it('is found by its name', () => {
    expect(findServerProfile(profile.name)).toBe(profile)
    expect(profile.name).toMatch(/^[a-z][a-z-]*$/)
  })

  it('says for each fact where it comes from, and for nothing else', () => {
    const { name, title, evidence, notes, ...facts } = profile
    expect(title).not.toBe('')
    expect(Object.keys(evidence).sort()).toEqual(Object.keys(facts).sort())
    for (const fact of Object.values(evidence)) expect(fact?.source.length).toBeGreaterThan(10)
    for (const { text, confidence } of notes) expect([text, confidence]).not.toContain('')
    const urls = [...Object.values(evidence).map((fact) => fact?.url ?? ''), ...notes.map(({ url }) => url)]
    for (const url of urls) {
      expect(new URL(url)).toMatchObject({ protocol: 'https:', hash: '' })
      expect(new URL(url).pathname.length).toBeGreaterThan(1)
    }
  })

  it('has limits that can be kept', () => {
    const { page, rates = [], quotas = [], maxMembersInCreate, maxMembersInPatch, maxValues, maxGroupsOfUser } = profile
    const numbers = [page?.default, page?.max, maxMembersInCreate, maxMembersInPatch, maxValues, maxGroupsOfUser]
    for (const { requests, seconds, burst } of rates) numbers.push(requests, seconds, burst)
    for (const { count, seconds } of quotas) numbers.push(count, seconds)
    for (const number of numbers) if (number !== undefined) expect(number).toBeGreaterThan(0)
    if (page?.default !== undefined) expect(page.default).toBeLessThanOrEqual(page.max)
  })

  it('names attributes that there are', () => {
    const { userAttributes = [], groupAttributes = [] } = profile.filter ?? {}
    const ofGroups = [...groupAttributes, ...(profile.patchableGroupAttributes ?? [])]
    // AWS writes these two without the extension and in the singular.
    const own = ['manager', 'member']
    const unknown = [
      ...userAttributes.filter((path) => !findAttribute(userResource, path)),
      ...ofGroups.filter((path) => !findAttribute(groupResource, path)),
    ]
    expect(unknown.filter((path) => !own.includes(path))).toEqual([])
  })
})

it('finds nothing by another name', () => expect(findServerProfile('toString')).toBeUndefined())
