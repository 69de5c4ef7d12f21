import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { enterpriseUser, groupResource, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { createScimClient } from '../src/index.js'
import { json } from './scripted-fetch.js'

const resources = { users: userResource.extend(enterpriseUser), groups: groupResource }

interface Published {
  readonly source: string
  readonly licence: string
  readonly serviceProviderConfig: unknown
  readonly resourceTypes: readonly unknown[]
  readonly schemas: readonly unknown[]
}

describe('the documents that other implementations publish', () => {
  const folder = join(import.meta.dirname, 'fixtures/discovery')
  const published = readdirSync(folder).map((name) => {
    return [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Published] as const // ours, in this shape
  })

  test.each(published)('%s have no fault, though they differ from the definitions', async (_, documents) => {
    const fetch = async ({ url }: Request) => {
      if (url.endsWith('/ServiceProviderConfig')) return json(200, documents.serviceProviderConfig)
      const Resources = url.endsWith('/Schemas') ? documents.schemas : documents.resourceTypes
      return json(200, { totalResults: Resources.length, Resources })
    }
    const { findings } = await createScimClient({ baseUrl: 'https://scim.test', resources, fetch }).discover()
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ weight }) => weight === 'fault')).toEqual([])
    expect(documents.source && documents.licence).toBeTruthy()
  })
})
