import { enterpriseUser, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { deviceUrn } from './device.js'
import { resourcesOf, type StartHost } from './host.js'

/**
 * What a service provider says of itself.
 *
 * @param start Starts a service provider.
 */
export function discoveryRules(start: StartHost): void {
  it('DI-1, DI-6, DI-7, EP-2: the configuration says what is on, and nothing else', async () => {
    const host = await start({ documentationUri: 'https://docs.example.com/scim' })
    const { body } = await host.send('GET', '/ServiceProviderConfig')
    expect(body).toMatchObject({
      schemas: [urns.serviceProviderConfig],
      documentationUri: 'https://docs.example.com/scim',
      patch: { supported: true },
      filter: { supported: true, maxResults: 1_000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken', primary: true }],
      meta: { resourceType: 'ServiceProviderConfig', location: `${host.origin}/scim/v2/ServiceProviderConfig` },
    })
    const bulk = await host.send('POST', '/Bulk', { body: {} })
    expect(bulk.status === 501).toBe(!(body.bulk as { supported: boolean }).supported)
  })

  it('DI-4: the configuration is open, unless it is closed by option', async () => {
    const open = await start()
    expect((await open.send('GET', '/ServiceProviderConfig', { token: null })).status).toBe(200)
    expect((await open.send('GET', '/ResourceTypes', { token: null })).status).toBe(401)
    const closed = await start({ openServiceProviderConfig: false })
    expect((await closed.send('GET', '/ServiceProviderConfig', { token: null })).status).toBe(401)
  })

  it('DI-1, DI-3, DI-6, EP-4: resource types and schemas are lists of what is mounted, in one page', async () => {
    const host = await start()
    const types = await host.send('GET', '/ResourceTypes?startIndex=2&count=1&sortBy=name')
    expect(types.body).toMatchObject({ schemas: [urns.listResponse], totalResults: 3, startIndex: 1, itemsPerPage: 3 })
    expect(resourcesOf(types).map(({ id, endpoint, meta }) => [id, endpoint, meta])).toEqual(
      ['User', 'Group', 'Device'].map((name) => [
        name,
        `/${name}s`,
        { resourceType: 'ResourceType', location: `${host.origin}/scim/v2/ResourceTypes/${name}` },
      ]),
    )
    const schemas = resourcesOf(await host.send('GET', '/Schemas'))
    expect(schemas.map(({ id }) => id)).toEqual([urns.user, enterpriseUser.urn, urns.group, deviceUrn])
    for (const { id, schemas: own, meta, attributes } of schemas) {
      expect(own).toEqual([urns.schema])
      expect(meta).toEqual({ resourceType: 'Schema', location: `${host.origin}/scim/v2/Schemas/${id}` })
      expect(attributes).toEqual(expect.arrayContaining([expect.objectContaining({ description: expect.any(String) })]))
    }
  })

  it('EP-9: no message schema is among the schemas', async () => {
    const ids = resourcesOf(await (await start()).send('GET', '/Schemas')).map(({ id }) => id)
    expect(ids.filter((id) => String(id).includes('api:messages'))).toEqual([])
    expect((await (await start()).send('GET', `/Schemas/${urns.patchOp}`)).status).toBe(404)
  })

  it('DI-1, DI-5: one document by its id, in any case and encoding', async () => {
    const host = await start()
    for (const path of [urns.user, urns.user.toUpperCase(), encodeURIComponent(urns.user)]) {
      expect((await host.send('GET', `/Schemas/${path}`)).body.id).toBe(urns.user)
    }
    expect((await host.send('GET', '/ResourceTypes/User')).body).toMatchObject({
      id: 'User',
      schema: urns.user,
      schemaExtensions: [{ schema: enterpriseUser.urn, required: false }],
    })
    for (const path of [
      '/Schemas/urn:unknown',
      '/ResourceTypes/Nothing',
      '/ServiceProviderConfig/x',
      '/Schemas/__proto__',
    ]) {
      expect((await host.send('GET', path)).status).toBe(404)
    }
  })

  it.each(['/ServiceProviderConfig', '/ResourceTypes', '/Schemas', '/ResourceTypes/User'])(
    'DI-2: a filter on %s is 403',
    async (path) => {
      const answer = await (await start()).send('GET', `${path}?filter=id%20pr`)
      expect(answer.body).toMatchObject({ schemas: [urns.error], status: '403', detail: expect.any(String) })
    },
  )
}
