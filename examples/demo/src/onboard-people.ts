import assert from 'node:assert/strict'
import { enterpriseUser, ScimError } from '@scimkit/core/schema'
import { acmeUser } from '@scimkit/example-enterprise-extension'
import type { Narrator } from './narrator.js'
import type { Person } from './people.js'
import type { DemoClient } from './scim-clients.js'

/**
 * Onboards people through the typed client.
 *
 * @param demo Tells each step.
 * @param scim Client.
 * @param people Who starts today.
 * @returns Their ids, in the order of the people.
 */
export async function onboardPeople(demo: Narrator, scim: DemoClient, people: readonly Person[]): Promise<string[]> {
  demo.section(
    'Onboarding',
    'Applications create accounts through a client that knows the schema: the extension is typed, requests run side by ' +
      'side, and a lost answer never creates anybody twice.',
  )
  const ids: string[] = []
  await demo.step(`${people.length} people are created, with the enterprise and Acme's own extension`, async () => {
    const created = await Promise.all(people.map((person, index) => scim.users.create(accountOf(person, index))))
    ids.push(...created.map((user) => user.id))
    assert.equal(new Set(ids).size, people.length, 'ids are unique')
    const [first] = created
    assert.equal(first?.[acmeUser.urn]?.badgeNumber, 1000)
    assert.equal(first?.meta?.resourceType, 'User')
    return `the first one is ${first?.userName}, badge ${first?.[acmeUser.urn]?.badgeNumber}`
  })
  await demo.step('a userName that is taken is refused, in any case of its letters', async () => {
    const [first] = people
    const error = await refusal(scim.users.create({ userName: first?.userName.toUpperCase() ?? '' }))
    assert.ok(ScimError.is(error, 'uniqueness') && error.status === 409, String(error))
    return `409 uniqueness: ${error.detail}`
  })
  await demo.step('an account without its required attribute is refused', async () => {
    const wrong = { userName: 'nobody@acme.example', [acmeUser.urn]: { handle: 'nobody' } }
    // The compiler refuses it as well: the badge number is required. The cast shows what the server says.
    const error = await refusal(scim.users.create(wrong as never))
    assert.ok(ScimError.is(error, 'invalidValue') && error.status === 400, String(error))
    return `400 invalidValue: ${error.detail}`
  })
  await demo.step('what only the server may say is filled in, and secrets never come back', async () => {
    const user = await scim.users.get(ids[1] ?? '')
    assert.equal(user[enterpriseUser.urn]?.manager?.value, undefined)
    assert.ok(!JSON.stringify(user).includes('4711#'), 'the door pin came back')
    return `meta.version ${user.meta?.version}`
  })
  return ids
}

function accountOf(person: Person, index: number) {
  return {
    userName: person.userName,
    externalId: `hr-${1000 + index}`,
    active: true,
    name: { givenName: person.givenName, familyName: person.familyName },
    emails: [
      { type: 'work', value: person.userName, primary: true },
      { type: 'home', value: `${person.givenName.toLowerCase()}${index}@home.example` },
    ],
    [enterpriseUser.urn]: { department: person.department, employeeNumber: String(1000 + index) },
    [acmeUser.urn]: {
      badgeNumber: 1000 + index,
      clearance: 'internal',
      doorPin: `4711#${index}`,
      hiredAt: '2026-11-02T08:00:00Z',
      desk: { building: 'HQ', floor: index % 5, features: ['window'] },
      equipment: [{ value: `LT-${1000 + index}`, type: 'laptop', primary: true, warrantyMonths: 36 }],
    },
  }
}

/** Waits for a call that must be refused. */
export async function refusal(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => assert.fail('the call was not refused'),
    (error: unknown) => error,
  )
}
