import assert from 'node:assert/strict'
import { enterpriseUser, ScimError } from '@scimkit/core/schema'
import { acmeUser } from '@scimkit/example-enterprise-extension'
import type { Narrator } from './narrator.js'
import { refusal } from './onboard-people.js'
import type { DemoClient } from './scim-clients.js'

/**
 * Updates people by PATCH with value paths and by PUT, and shows how a lost update is prevented.
 *
 * @param demo Tells each step.
 * @param scim Client.
 * @param ids People; at least two.
 */
export async function updatePeople(demo: Narrator, scim: DemoClient, ids: readonly string[]): Promise<void> {
  demo.section(
    'Updates',
    'People marry, move and change teams. PATCH changes single values through typed paths, PUT replaces the whole ' +
      'account, and the version in If-Match keeps one update from silently undoing another.',
  )
  const [ada = '', charles = ''] = ids
  await demo.step('PATCH: one e-mail address by its type, a phone number, an attribute of the extension', async () => {
    await scim.users.patch(ada, (p) =>
      p
        .replace('name.familyName', 'King')
        .replace('emails[type eq "work"].value', 'ada.king@acme.example')
        .add('phoneNumbers', [{ type: 'mobile', value: '+44 20 5550 0100' }])
        .replace(`${enterpriseUser.urn}:department`, 'Programs')
        .replace(`${acmeUser.urn}:desk.floor`, 7)
        .remove('emails[type eq "home"]'),
    )
    const user = await scim.users.get(ada)
    assert.deepEqual(user.emails, [{ type: 'work', value: 'ada.king@acme.example', primary: true }])
    assert.equal(user.name?.familyName, 'King')
    assert.equal(user.name?.givenName, 'Ada')
    assert.equal(user[enterpriseUser.urn]?.department, 'Programs')
    assert.deepEqual(user[acmeUser.urn]?.desk, { building: 'HQ', floor: 7, features: ['window'] })
    return '6 operations in one request, all of them or none'
  })
  await demo.step('PATCH: one wrong operation undoes the whole request', async () => {
    const before = await scim.users.get(ada)
    const operations = [
      { op: 'replace', path: 'title', value: 'Countess' },
      { op: 'replace', path: `${acmeUser.urn}:hiredAt`, value: '2020-01-01T00:00:00Z' },
    ] as const
    const error = await refusal(scim.users.patch(ada, operations))
    assert.ok(ScimError.is(error, 'mutability'), String(error))
    assert.deepEqual(await scim.users.get(ada), before)
    return `400 mutability: ${error.detail}`
  })
  await demo.step('PUT: what is left out goes, what the client cannot know stays', async () => {
    const { nickName: _nickName, ...account } = await scim.users.get(charles)
    const { phoneNumbers: _phones, ...rest } = { ...account, title: 'Engineer' }
    const replaced = await scim.users.replace(charles, { ...rest, emails: rest.emails?.slice(0, 1) })
    assert.equal(replaced.title, 'Engineer')
    assert.equal(replaced.emails?.length, 1)
    assert.equal(replaced.meta?.created, account.meta?.created)
    assert.equal(replaced[acmeUser.urn]?.badgeNumber, 1001)
    return `version ${account.meta?.version} became ${replaced.meta?.version}`
  })
  await demo.step('a write on an old version is refused', async () => {
    const error = await refusal(scim.users.patch(charles, (p) => p.replace('title', 'Inventor'), { ifMatch: 'W/"1"' }))
    assert.ok(ScimError.is(error) && error.status === 412, String(error))
    return '412, nothing was overwritten'
  })
}
