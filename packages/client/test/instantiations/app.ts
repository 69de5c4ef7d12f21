// A typical app file; measure-instantiations.mjs compiles the program with and without it.

import { bearer, createScimClient } from '@scimkit/client'
import { enterpriseUser, groupResource, ScimError, userResource } from '@scimkit/core/schema'
import { acmeUser } from '../acme-user.js'

const scim = createScimClient({
  baseUrl: 'https://idp.example.com/scim/v2',
  authenticate: bearer(() => 'token'),
  resources: { users: userResource.extend(enterpriseUser).extend(acmeUser), groups: groupResource },
})

export async function onboard(userName: string, department: string): Promise<string> {
  const user = await scim.users.create({
    userName,
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: `${userName}@example.com`, type: 'work', primary: true }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department },
    [acmeUser.urn]: { badgeNumber: 42 },
  })
  await scim.groups.patch('staff', (p) => p.addMember(user.id))
  return user.id
}

export async function marry(id: string): Promise<string | undefined> {
  const user = await scim.users.patch(id, (p) =>
    p
      .replace('name.familyName', 'King')
      .replace('emails[type eq "work"].value', 'king@example.com')
      .add('phoneNumbers', { value: '+44 1', type: 'mobile' })
      .remove('addresses[type eq "home"]')
      .replace('urn:acme:scim:2.0:User:badgeNumber', 43),
  )
  return user?.name?.familyName
}

export async function report(): Promise<string[]> {
  const lines: string[] = []
  const active = scim.users.list({
    filter: (f) =>
      f.and(
        f.eq('active', true),
        f.where('emails', (email) => email.eq('type', 'work')),
      ),
    attributes: ['userName', 'emails.value', 'urn:acme:scim:2.0:User:badgeNumber'],
    sortBy: 'userName',
  })
  for await (const user of active) lines.push(`${user.userName} ${user.emails?.[0]?.value}`)
  const { resources, totalResults } = await scim.groups.page({ count: 50, excludedAttributes: ['members'] })
  lines.push(`${resources.map((group) => group.displayName).join()} of ${totalResults}`)
  return lines
}

export async function offboard(id: string): Promise<void> {
  try {
    const user = await scim.users.get(id)
    await scim.users.replace(id, { userName: user.userName, active: false })
    await scim.users.delete(id)
  } catch (error) {
    if (!ScimError.is(error) || error.status !== 404) throw error
  }
}
