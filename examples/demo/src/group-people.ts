import assert from 'node:assert/strict'
import { ScimError } from '@scimkit/core/schema'
import type { Narrator } from './narrator.js'
import { refusal } from './onboard-people.js'
import type { DemoClient } from './scim-clients.js'

/**
 * Puts people into groups.
 *
 * @param demo Tells each step.
 * @param scim Client.
 * @param ids People.
 * @returns Id of the group that holds everybody.
 */
export async function groupPeople(demo: Narrator, scim: DemoClient, ids: readonly string[]): Promise<string> {
  demo.section(
    'Groups',
    'Groups grant access. Members are a relation of their own here: adding one to a group of a hundred thousand touches ' +
      'one row, and no two administrators ever overwrite each other.',
  )
  let everybody = ''
  const [first = '', second = ''] = ids
  await demo.step(`a group is created, and ${ids.length} people join it one by one, all at the same time`, async () => {
    everybody = (await scim.groups.create({ displayName: 'Everybody' })).id
    await Promise.all(ids.map((id) => scim.groups.patch(everybody, (p) => p.addMember(id), { ifMatch: false })))
    const { members = [] } = await scim.groups.get(everybody)
    assert.deepEqual(new Set(members.map((member) => member.value)), new Set(ids))
    return `${members.length} members, none lost`
  })
  await demo.step('a group in a group: membership is seen from the person, direct and indirect', async () => {
    const company = await scim.groups.create({ displayName: 'Company', members: [{ value: everybody }] })
    const { groups = [] } = await scim.users.get(first)
    const found = groups.map(({ display, type }) => `${display} (${type})`).sort()
    assert.deepEqual(found, ['Company (indirect)', 'Everybody (direct)'])
    await scim.groups.delete(company.id)
    return found.join(', ')
  })
  await demo.step('one leaves, the group gets another name', async () => {
    await scim.groups.patch(everybody, (p) => p.removeMember(second).replace('displayName', 'Acme people'))
    const group = await scim.groups.get(everybody)
    assert.equal(group.displayName, 'Acme people')
    assert.equal(group.members?.length, ids.length - 1)
    assert.equal((await scim.users.get(second)).groups, undefined)
    return `${group.members?.length} members stay`
  })
  await demo.step('a member that does not exist is refused', async () => {
    const error = await refusal(scim.groups.patch(everybody, (p) => p.addMember('nobody')))
    assert.ok(ScimError.is(error, 'invalidValue'), String(error))
    return `400 invalidValue: ${error.detail}`
  })
  return everybody
}
