import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { enterpriseUserSchemas, groupSchemas, userSchemas } from '@scimkit/core'
import { readSchemas, type SchemaDocument } from '@scimkit/core/documents'
import { describe, expect, it } from 'vitest'
import { buildModel } from '../build-model.js'
import { sampleResource } from './sample-resource.js'

const folder = join(import.meta.dirname, '../../../../schemas/scim')

function load(name: string): SchemaDocument {
  const [document] = readSchemas(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))).schemas
  if (!document) throw new Error(`${name}.json is faulty`)
  return document
}

const user = buildModel(load('user'), 'resource')
const cases = [
  { name: 'User', model: user, validators: userSchemas },
  { name: 'Group', model: buildModel(load('group'), 'resource'), validators: groupSchemas },
  {
    name: 'EnterpriseUser',
    model: buildModel(load('enterprise-user'), 'extension'),
    validators: enterpriseUserSchemas,
  },
]

describe('sampleResource', () => {
  it.each(cases)('makes valid samples of $name, whatever the seed', ({ model, validators }) => {
    for (let seed = 0; seed < 100; seed++) {
      expect(validators.create.safeParse(sampleResource(model, 'input', seed)).error).toBeUndefined()
      expect(validators.resource.safeParse(sampleResource(model, 'output', seed)).error).toBeUndefined()
    }
  })

  it('makes the same sample of the same seed, and another of another', () => {
    expect(sampleResource(user, 'input', 7)).toEqual(sampleResource(user, 'input', 7))
    expect(sampleResource(user, 'input', 7).userName).not.toBe(sampleResource(user, 'input', 8).userName)
  })

  it('leaves readOnly attributes out of what is sent and the password out of what is answered', () => {
    expect(Object.keys(sampleResource(user, 'input', 0))).not.toContain('groups')
    expect(Object.keys(sampleResource(user, 'input', 0))).toContain('password')
    expect(Object.keys(sampleResource(user, 'output', 0))).not.toContain('password')
  })
})
