const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** A row of the benchmark, in schema spelling. */
export interface Person {
  readonly id: string
  readonly userName: string
  readonly externalId?: string
  readonly displayName: string
  readonly name: { readonly givenName: string; readonly familyName: string }
  readonly title?: string
  readonly userType: string
  readonly active: boolean
  readonly emails: readonly { readonly value: string; readonly type: string; readonly primary?: boolean }[]
  readonly addresses?: readonly { readonly type: string; readonly country: string; readonly locality: string }[]
  readonly meta: { readonly resourceType: string; readonly created: string; readonly lastModified: string }
  readonly [enterprise]?: {
    readonly department: string
    readonly employeeNumber: string
    readonly manager?: { readonly value: string }
  }
}

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T // never empty

/** Makes people whose attributes vary independently of each other, as the JSON that a body or a database has. */
export function makeDocuments(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const given = pick(['Ada', 'Grace', 'Zoë', 'Alan', 'Barbara', 'Edsger', 'Margaret'], index)
    const family = `${pick(['Lovelace', 'Hopper', 'Müller', 'Turing', 'Liskov'], index >> 3)}${index % 1000}`
    const day = new Date(Date.UTC(2024, 0, 1) + ((index * 7919) % 1000) * 86_400_000).toISOString()
    const person: Person = {
      id: `2819c223-7f76-453a-919d-${String(index).padStart(12, '0')}`,
      userName: `user${index}@example.com`,
      ...(index % 3 !== 0 && { externalId: `E${index}` }),
      displayName: `${given} ${family}`,
      name: { givenName: given, familyName: family },
      ...(index % 4 === 0 && { title: pick(['Engineer', 'Manager', 'Tour Guide'], index >> 2) }),
      userType: pick(['Employee', 'Contractor', 'Intern'], index),
      active: index % 5 !== 0,
      emails: [
        { value: `user${index}@example.com`, type: 'work', primary: true },
        ...(index % 2 === 0 ? [{ value: `home${index}@example.org`, type: 'home' }] : []),
      ],
      ...(index % 3 === 0 && {
        addresses: [{ type: 'work', country: pick(['FR', 'DE', 'US'], index >> 1), locality: 'Paris' }],
      }),
      meta: { resourceType: 'User', created: '2023-05-01T00:00:00.000Z', lastModified: day },
      ...(index % 2 === 1 && {
        [enterprise]: {
          department: pick(['R&D', 'Sales', 'Tour Operations'], index >> 1),
          employeeNumber: String(100_000 + index),
          ...(index % 4 === 1 && {
            manager: { value: `2819c223-7f76-453a-919d-${String(index % 100).padStart(12, '0')}` },
          }),
        },
      }),
    }
    return JSON.stringify(person)
  })
}

/** A filter, and what somebody who knows the data writes by hand for it. */
export const predicates: readonly (readonly [string, (person: Person) => boolean])[] = [
  ['userName eq "USER12345@example.com"', (p) => p.userName.toLowerCase() === 'user12345@example.com'],
  ['externalId eq "E777"', (p) => p.externalId === 'E777'],
  ['id eq "2819c223-7f76-453a-919d-000000000042"', (p) => p.id === '2819c223-7f76-453a-919d-000000000042'],
  ['active eq true', (p) => p.active === true],
  ['active eq false and userType eq "Intern"', (p) => p.active === false && p.userType.toLowerCase() === 'intern'],
  ['userName sw "user1234"', (p) => p.userName.toLowerCase().startsWith('user1234')],
  ['userName ew "7@example.com"', (p) => p.userName.toLowerCase().endsWith('7@example.com')],
  ['displayName co "hopper"', (p) => p.displayName.toLowerCase().includes('hopper')],
  ['title pr', (p) => p.title !== undefined && p.title !== ''],
  ['not (title pr)', (p) => !(p.title !== undefined && p.title !== '')],
  [
    'title pr and userType eq "Employee"',
    (p) => p.title !== undefined && p.title !== '' && p.userType.toLowerCase() === 'employee',
  ],
  ['userType ne "Employee"', (p) => p.userType.toLowerCase() !== 'employee'],
  ['name.familyName eq "hopper12"', (p) => p.name.familyName.toLowerCase() === 'hopper12'],
  [
    'name.familyName sw "L" or name.givenName sw "G"',
    (p) => p.name.familyName.toLowerCase().startsWith('l') || p.name.givenName.toLowerCase().startsWith('g'),
  ],
  ['meta.lastModified gt "2025-01-01T00:00:00Z"', (p) => Date.parse(p.meta.lastModified) > 1735689600000],
  [
    'meta.lastModified ge "2025-01-01T00:00:00Z" and meta.lastModified lt "2026-01-01T00:00:00Z"',
    (p) => {
      const at = Date.parse(p.meta.lastModified)
      return at >= 1735689600000 && at < 1767225600000
    },
  ],
  [
    'active eq true and meta.lastModified gt "2026-01-01T00:00:00Z"',
    (p) => p.active === true && Date.parse(p.meta.lastModified) > 1767225600000,
  ],
  ['emails eq "user77@example.com"', (p) => p.emails.some((e) => e.value.toLowerCase() === 'user77@example.com')],
  ['emails.value co "77@example.org"', (p) => p.emails.some((e) => e.value.toLowerCase().includes('77@example.org'))],
  ['emails[type eq "work"]', (p) => p.emails.some((e) => e.type.toLowerCase() === 'work')],
  [
    'emails[type eq "home" and value co "@example.org"]',
    (p) => p.emails.some((e) => e.type.toLowerCase() === 'home' && e.value.toLowerCase().includes('@example.org')),
  ],
  [
    'emails[primary eq true and value sw "user9"]',
    (p) => p.emails.some((e) => e.primary === true && e.value.toLowerCase().startsWith('user9')),
  ],
  [
    'emails[type eq "work" and value eq "user4242@example.com"] or userName eq "x"',
    (p) =>
      p.emails.some((e) => e.type.toLowerCase() === 'work' && e.value.toLowerCase() === 'user4242@example.com') ||
      p.userName.toLowerCase() === 'x',
  ],
  [
    'emails[type eq "work" and value co "@example.com"] or (meta.lastModified ge "2026-01-01T00:00:00Z" and active eq true)',
    (p) =>
      p.emails.some((e) => e.type.toLowerCase() === 'work' && e.value.toLowerCase().includes('@example.com')) ||
      (Date.parse(p.meta.lastModified) >= 1767225600000 && p.active === true),
  ],
  [
    'addresses[type eq "work" and (country eq "FR" or country eq "DE")]',
    (p) =>
      p.addresses?.some(
        (a) =>
          a.type.toLowerCase() === 'work' && (a.country.toLowerCase() === 'fr' || a.country.toLowerCase() === 'de'),
      ) ?? false,
  ],
  [`${enterprise}:department eq "R&D"`, (p) => p[enterprise]?.department.toLowerCase() === 'r&d'],
  [
    `${enterprise}:manager.value eq "2819c223-7f76-453a-919d-000000000001"`,
    (p) => p[enterprise]?.manager?.value === '2819c223-7f76-453a-919d-000000000001',
  ],
  [
    `${enterprise}:employeeNumber eq "100777" and active eq true`,
    (p) => p[enterprise]?.employeeNumber === '100777' && p.active === true,
  ],
  [
    'userType eq "Employee" and (emails co "example.org" or title eq "manager")',
    (p) =>
      p.userType.toLowerCase() === 'employee' &&
      (p.emails.some((e) => e.value.toLowerCase().includes('example.org')) || p.title?.toLowerCase() === 'manager'),
  ],
  [
    '(userType eq "Intern" or userType eq "Contractor") and not (active eq false) and displayName sw "a"',
    (p) =>
      (p.userType.toLowerCase() === 'intern' || p.userType.toLowerCase() === 'contractor') &&
      !(p.active === false) &&
      p.displayName.toLowerCase().startsWith('a'),
  ],
]
