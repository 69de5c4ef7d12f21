import assert from 'node:assert/strict'
import { ScimError } from '@scimkit/core/schema'
import type { Narrator } from './narrator.js'
import { refusal } from './onboard-people.js'
import type { DemoClient } from './scim-clients.js'

/** Who was offboarded, and how. */
export interface Offboarded {
  readonly disabled: string
  readonly deleted: string
}

/**
 * Offboards one person by `active: false` and one by DELETE.
 *
 * @param demo Tells each step.
 * @param scim Client.
 * @param who The two people, and the group they are in.
 */
export async function offboardPeople(
  demo: Narrator,
  scim: DemoClient,
  who: Offboarded & { readonly group: string },
): Promise<void> {
  demo.section(
    'Offboarding',
    'The day somebody leaves is the day that matters most. Disabling keeps the account and its history, deleting takes ' +
      'it out of every group and frees its name.',
  )
  await demo.step('one is disabled: still found, no longer active', async () => {
    await scim.users.patch(who.disabled, (p) => p.replace('active', false))
    const user = await scim.users.get(who.disabled)
    assert.equal(user.active, false)
    const { resources } = await scim.users.page({ filter: (f) => f.eq('active', false) })
    assert.deepEqual(
      resources.map(({ id }) => id),
      [who.disabled],
    )
    return user.userName
  })
  await demo.step('one is deleted: gone, out of the group, and the userName is free again', async () => {
    const { userName } = await scim.users.get(who.deleted)
    const before = (await scim.groups.get(who.group)).members?.length ?? 0
    await scim.users.delete(who.deleted)
    const error = await refusal(scim.users.get(who.deleted))
    assert.ok(ScimError.is(error) && error.status === 404, String(error))
    assert.equal((await scim.groups.get(who.group)).members?.length, before - 1)
    const successor = await scim.users.create({ userName })
    await scim.users.delete(successor.id)
    return userName
  })
  await demo.step('every operation on it is answered 404 from now on', async () => {
    const calls = [
      scim.users.delete(who.deleted),
      scim.users.patch(who.deleted, (p) => p.replace('active', true)),
      scim.groups.patch(who.group, (p) => p.addMember(who.deleted)),
    ]
    const errors = await Promise.all(calls.map(refusal))
    const statuses = errors.map((error) => (ScimError.is(error) ? error.status : error))
    assert.deepEqual(statuses, [404, 404, 400])
    return 'DELETE 404, PATCH 404, and no group takes it back'
  })
}
