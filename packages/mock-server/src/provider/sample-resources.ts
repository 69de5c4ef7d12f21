import type { SeedResources } from './seed-resources.js'

const givenNames = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Radia', 'Ken', 'Frances', 'Leslie']
const familyNames = [
  'King',
  'Hopper',
  'Turing',
  'Dijkstra',
  'Liskov',
  'Knuth',
  'Perlman',
  'Thompson',
  'Allen',
  'Lamport',
]
const departments = ['Engineering', 'Sales', 'Support', 'Finance', 'People']

/**
 * Makes users, and groups that they are members of: the same ones for the same number.
 *
 * @param count Number of users.
 * @returns The users, and for each department that has any, a group of its people.
 */
export function sampleResources(count: number): SeedResources {
  const users = Array.from({ length: count }, (_, index) => sampleUser(index))
  const groups = departments.flatMap((displayName, department) => {
    const members = users.flatMap(({ id }, index) => (index % departments.length === department ? [{ value: id }] : []))
    return members.length > 0 ? [{ id: `group-${department + 1}`, displayName, members }] : []
  })
  return { User: users, Group: groups }
}

function sampleUser(index: number): { readonly id: string; readonly [attribute: string]: unknown } {
  const givenName = givenNames[index % givenNames.length] ?? ''
  const familyName = familyNames[Math.floor(index / givenNames.length) % familyNames.length] ?? ''
  const userName = `${givenName}.${familyName}${index + 1}`.toLowerCase()
  return {
    id: `user-${index + 1}`,
    userName,
    externalId: `sample-${index + 1}`,
    name: { givenName, familyName, formatted: `${givenName} ${familyName}` },
    displayName: `${givenName} ${familyName}`,
    emails: [{ value: `${userName}@example.com`, type: 'work', primary: true }],
    title: departments[index % departments.length],
    active: true,
  }
}
