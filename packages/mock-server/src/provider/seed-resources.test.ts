import { groupResource, userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { sampleResources } from './sample-resources.js'
import { checkSeed, type SeedResources, seedResources } from './seed-resources.js'

const definitions = [groupResource, userResource]

const wrong: readonly { given: unknown; want: string }[] = [
  { given: [], want: 'seed must be an object of lists by type' },
  { given: { Lamp: [] }, want: 'seed: Lamp is not served; the types are Group, User' },
  { given: { User: {} }, want: 'seed: User must be a list of resources' },
  { given: { User: [{ userName: 'ada' }, 'bob'] }, want: 'seed: User[1] must be an object' },
]

describe('a seed', () => {
  for (const { given, want } of wrong) {
    it(`is refused where it is wrong: ${want}`, () => {
      expect(() => checkSeed(given as SeedResources, definitions)).toThrow(want) // as an application may give it
    })
  }

  it('is created with its ids, groups after those that may be their members', async () => {
    const seed = {
      Group: [{ id: 'g', displayName: 'Staff' }],
      User: [{ id: 'u', userName: 'ada' }, { userName: 'bob' }],
    }
    const created: unknown[] = []
    await seedResources(seed, definitions, async (...given) => {
      created.push(given)
      return new Response(null, { status: 201 })
    })
    expect(created).toEqual([
      ['/Users', { userName: 'ada' }, 'u'],
      ['/Users', { userName: 'bob' }, undefined],
      ['/Groups', { displayName: 'Staff' }, 'g'],
    ])
  })

  it('ends at the first resource that is refused, and names it', async () => {
    const seed = { User: [{ userName: 'ada' }, {}] }
    const create = async (_endpoint: string, resource: object) =>
      'userName' in resource
        ? new Response(null, { status: 201 })
        : Response.json({ detail: 'userName is required' }, { status: 400 })
    await expect(seedResources(seed, definitions, create)).rejects.toThrow(
      'seed: User[1] is refused: userName is required',
    )
  })
})

describe('sample resources', () => {
  it('are the same for the same number, with unique userNames', () => {
    expect(sampleResources(120)).toEqual(sampleResources(120))
    const names = sampleResources(120).User?.map(({ userName }) => userName)
    expect(new Set(names).size).toBe(120)
  })

  it('have groups whose members are all users', () => {
    const { User = [], Group = [] } = sampleResources(7)
    const ids = new Set(User.map(({ id }) => id))
    const members = Group.flatMap((group) => group.members as readonly { value: string }[]) // sampleResources makes lists
    expect(members.map(({ value }) => value).sort()).toEqual([...ids].sort())
    expect(sampleResources(0)).toEqual({ User: [], Group: [] })
  })
})
