import { bearer } from '@scimkit/client'
import { createMockServer } from '@scimkit/mock-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AcmeClient, handOut, listLaptopHolders, move, offboard, onboard, takeBack } from '../src/app.js'
import { acmeUser, createClient, resources } from '../src/scim/index.js'

const ada = {
  email: 'ada@acme.example',
  givenName: 'Ada',
  familyName: 'King',
  badgeNumber: 42,
  hiredAt: '2026-11-02T08:00:00Z',
}

let server: ReturnType<typeof createMockServer>
let scim: AcmeClient
beforeEach(() => {
  server = createMockServer({ resources: Object.values(resources) })
  const { url: baseUrl, fetch } = server
  scim = createClient({ baseUrl, fetch, authenticate: bearer('any'), validate: 'strict' })
})
afterEach(() => server.close())

const acme = async (id: string) => (await scim.users.get(id))[acmeUser.urn]

describe('the app', () => {
  it('onboards a person with Acme’s attributes', async () => {
    const person = await onboard(scim, ada)
    expect(person).toMatchObject({ userName: ada.email, active: true })
    expect(await acme(person.id)).toEqual({ badgeNumber: 42, hiredAt: ada.hiredAt, clearance: 'public' })
  })

  it('hands out devices and takes one of them back', async () => {
    const { id } = await onboard(scim, ada)
    await handOut(scim, id, { serial: 'L-1', type: 'laptop', labels: ['blue'] })
    await handOut(scim, id, { serial: 'P-1', type: 'phone' })
    await takeBack(scim, id, 'P-1')
    expect((await acme(id))?.equipment).toEqual([{ value: 'L-1', type: 'laptop', labels: ['blue'] }])
  })

  it('finds who has a laptop in a building', async () => {
    for (const [badgeNumber, building] of [
      [7, 'North'],
      [3, 'North'],
      [5, 'HQ'],
    ] as const) {
      const { id } = await onboard(scim, { ...ada, email: `${badgeNumber}@acme.example`, badgeNumber })
      await handOut(scim, id, { serial: `L-${badgeNumber}`, type: badgeNumber === 3 ? 'token' : 'laptop' })
      await move(scim, id, { building, floor: 2 })
    }
    expect(await listLaptopHolders(scim, 'North')).toEqual([7])
  })

  it('offboards a person', async () => {
    const { id } = await onboard(scim, ada)
    await handOut(scim, id, { serial: 'L-1', type: 'laptop' })
    await offboard(scim, id)
    expect((await scim.users.get(id)).active).toBe(false)
    expect(await acme(id)).toEqual({ badgeNumber: 42, hiredAt: ada.hiredAt })
  })

  it('never sees what is written only', async () => {
    const { id } = await scim.users.create({
      userName: 'b',
      [acmeUser.urn]: { badgeNumber: 1, doorPin: '0000', auditNote: 'seen' },
    })
    expect(await acme(id)).toEqual({ badgeNumber: 1 })
  })

  it('is told which attribute is wrong', async () => {
    const wrong = { userName: 'c', [acmeUser.urn]: { badgeNumber: 'x' as unknown as number } } // what JavaScript may send
    await expect(scim.users.create(wrong)).rejects.toMatchObject({
      status: 400,
      detail: expect.stringContaining(`${acmeUser.urn}:badgeNumber`),
    })
  })
})

describe('the schema that the provider publishes', () => {
  it('has every attribute with its text', async () => {
    const schema = await acmeUser.describe()
    expect(schema).toMatchObject({ id: acmeUser.urn, name: 'Acme User' })
    expect(schema.attributes).toHaveLength(16)
    expect(schema.attributes.every(({ description }) => description)).toBe(true)
  })
})
