import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { enterpriseUserSchemas, groupSchemas, userSchemas } from '@scimkit/core'
import { readSchemas, type SchemaDocument } from '@scimkit/core/documents'
import { describe, expect, it } from 'vitest'
import { buildModel } from '../model/build-model.js'
import { type SampleChoice, sampleContainer, sampleResource } from './sample-resource.js'
import { type SampledType, SampledTypes } from './sampled-types.js'

const folder = join(import.meta.dirname, '../../../../schemas/scim')

function load(name: string): SchemaDocument {
  const [document] = readSchemas(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))).schemas
  if (!document) throw new Error(`${name}.json is faulty`)
  return document
}

const enterpriseUser = buildModel(load('enterprise-user'), 'extension')
const user: SampledType = {
  name: 'User',
  endpoint: '/Users',
  base: buildModel(load('user'), 'resource'),
  extensions: [enterpriseUser],
}
const group: SampledType = {
  name: 'Group',
  endpoint: '/Groups',
  base: buildModel(load('group'), 'resource'),
  extensions: [],
}
const types = new SampledTypes([group, user])
const sample = (use: SampleChoice['use'], seed: number, type = user) => sampleResource(type, types, { use, seed })
const cases = [
  { name: 'User', make: sample, validators: userSchemas },
  {
    name: 'Group',
    make: (use: SampleChoice['use'], seed: number) => sample(use, seed, group),
    validators: groupSchemas,
  },
  {
    name: 'EnterpriseUser',
    make: (use: SampleChoice['use'], seed: number) => sampleContainer(enterpriseUser, types, { use, seed }),
    validators: enterpriseUserSchemas,
  },
]

describe('sampleResource', () => {
  it.each(cases)('makes valid samples of $name, whatever the seed', ({ make, validators }) => {
    for (let seed = 0; seed < 100; seed++) {
      expect(validators.create.safeParse(make('input', seed)).error).toBeUndefined()
      expect(validators.resource.safeParse(make('output', seed)).error).toBeUndefined()
    }
  })

  it('makes the same sample of the same seed, and another of another', () => {
    expect(sample('input', 7)).toEqual(sample('input', 7))
    const names = Array.from({ length: 100 }, (_, seed) => sample('input', seed).userName)
    expect(new Set(names).size).toBe(100)
  })

  it('leaves readOnly attributes out of what is sent and the password out of what is answered', () => {
    expect(Object.keys(sample('input', 0))).not.toContain('groups')
    expect(Object.keys(sample('input', 0))).toContain('password')
    expect(Object.keys(sample('output', 0))).not.toContain('password')
  })

  it('makes texts that look like what their attributes are', () => {
    expect(sample('output', 0)).toMatchObject({
      userName: 'ada.king',
      displayName: 'Ada King',
      name: { formatted: 'Ada King', givenName: 'Ada', familyName: 'King' },
      emails: [
        { value: 'ada.king@example.com', primary: true },
        { value: 'ada.king-2@example.com', primary: false },
      ],
      phoneNumbers: [{ value: expect.stringMatching(/^tel:\+1-201-555-01\d\d$/) }, {}],
      locale: 'en-GB',
      preferredLanguage: 'en-GB',
      timezone: 'Europe/London',
      profileUrl: expect.stringMatching(/^https:\/\/example\.com\//),
      addresses: [
        { locality: 'Oxford', country: 'GB' },
        { locality: 'Lyon', country: 'FR' },
      ],
      meta: { resourceType: 'User', location: `https://example.com/scim/v2/Users/${sample('output', 0).id}` },
    })
    expect(sample('output', 0, group).displayName).toBe('Engineering')
  })

  it('lets references lead to samples that are created before, and what a server gives lead back', () => {
    const people = [0, 1, 2].map((seed) => sample('output', seed))
    const groups = [0, 1, 2].map((seed) => sample('output', seed, group))
    expect(groups[0]?.members).toEqual(
      people.slice(0, 2).map(({ id, displayName }) => ({
        value: id,
        display: displayName,
        $ref: `https://example.com/scim/v2/Users/${id}`,
        type: 'User',
      })),
    )
    expect(people[0]?.groups).toMatchObject([{ value: groups[0]?.id }, { value: groups[2]?.id }])
    const managers = people.map((one) => (one[enterpriseUser.id] as { manager?: object }).manager) // as its schema says
    expect(managers).toEqual([undefined, ...people.slice(0, 2).map(({ id }) => expect.objectContaining({ value: id }))])
  })
})
