import { enterpriseUser, userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { bearerToken, createScimHandler, memoryStore, mount } from '../index.js'

const token = 'token-of-sixteen-characters'
const urn = enterpriseUser.urn

describe('manager.displayName', () => {
  it('is read from the manager, and left out when there is none', async () => {
    const { create, get } = provider()
    const grace = await create({ userName: 'grace', displayName: 'Grace H' })
    const nameless = await create({ userName: 'nameless' })
    const ada = await create({ userName: 'ada', [urn]: { manager: { value: grace.id, displayName: 'Somebody' } } })
    expect(ada[urn].manager).toEqual({ value: grace.id, $ref: grace.meta.location, displayName: 'Grace H' })
    const alan = await create({ userName: 'alan', [urn]: { manager: { value: nameless.id } } })
    expect(alan[urn].manager).toEqual({ value: nameless.id, $ref: nameless.meta.location })
    const { Resources } = await get('/Users?filter=userName eq "ada" or userName eq "alan"')
    expect(
      Resources.map((user: { [urn]: { manager: object } }) => Object.keys(user[urn].manager).length).sort(),
    ).toEqual([2, 3])
  })

  it('comes alone when it alone is asked for, and stays away when it is excluded', async () => {
    const { create, get } = provider()
    const grace = await create({ userName: 'grace', displayName: 'Grace H' })
    const { id } = await create({ userName: 'ada', [urn]: { manager: { value: grace.id } } })
    const named = await get(`/Users/${id}?attributes=${urn}:manager.displayName`)
    expect(named[urn]).toEqual({ manager: { displayName: 'Grace H' } })
    const excluded = await get(`/Users/${id}?excludedAttributes=${urn}:manager.displayName`)
    expect(excluded[urn].manager).toEqual({ value: grace.id, $ref: grace.meta.location })
  })
})

function provider() {
  const scim = createScimHandler({
    basePath: '/scim',
    resources: [mount(userResource.extend(enterpriseUser), memoryStore())],
    authenticate: bearerToken(token),
  })
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
    const response = await scim.fetch(new Request(`https://scim.example/scim${path}`, { headers, ...init }))
    return JSON.parse(await response.text())
  }
  return {
    get: (path: string) => send(path),
    create: (user: object) =>
      send('/Users', {
        method: 'POST',
        body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', urn], ...user }),
      }),
  }
}
