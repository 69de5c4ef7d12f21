import assert from 'node:assert/strict'
import { enterpriseUser } from '@scimkit/core/schema'
import { acmeUser } from '@scimkit/example-enterprise-extension'
import type { Narrator } from './narrator.js'
import type { DemoClient } from './scim-clients.js'

/**
 * Searches and pages.
 *
 * @param demo Tells each step.
 * @param scim Client.
 * @param total Number of people there are.
 */
export async function searchPeople(demo: Narrator, scim: DemoClient, total: number): Promise<void> {
  demo.section(
    'Search and pages',
    'Filters are built with the paths of the schema, so that a typing error does not compile, and they are translated ' +
      'to the database. Lists come page by page without gaps or repeats.',
  )
  await demo.step('a filter over the core, the enterprise extension and a value path', async () => {
    const found: string[] = []
    const filter = scim.users.list({
      filter: (f) =>
        f.and(
          f.eq('active', true),
          f.eq(`${enterpriseUser.urn}:department`, 'Research'),
          f.where('emails', (email) => email.and(email.eq('type', 'work'), email.ew('value', '@acme.example'))),
        ),
      sortBy: 'name.familyName',
    })
    for await (const user of filter) found.push(user.name?.familyName ?? '')
    assert.ok(found.length > 0, 'no one was found')
    assert.deepEqual(found, [...found].sort(), 'they come sorted')
    return `${found.length} people in Research, sorted by family name`
  })
  await demo.step(`all ${total} people, 25 to a page`, async () => {
    const ids = new Set<string>()
    for await (const user of scim.users.list({ count: 25, attributes: ['userName'] })) {
      assert.ok(!('emails' in user), 'an attribute came that was not asked for')
      ids.add(user.id)
    }
    assert.equal(ids.size, total)
    return `${Math.ceil(total / 25)} pages, every person once, userName alone`
  })
  await demo.step('a search by POST keeps personal data out of the logs of servers between', async () => {
    const found: string[] = []
    const search = scim.users.search({ filter: (f) => f.eq(`${acmeUser.urn}:badgeNumber`, 1000) })
    for await (const user of search) found.push(user.userName)
    assert.equal(found.length, 1)
    return `badge 1000 is ${found[0]}`
  })
}
