const names = ['ada@example.com', 'grace.hopper@navy.example', 'Zoë.Müller@example.org', "j.o'neil@example.com"]
const ids = ['2819c223-7f76-453a-919d-413861904646', '00u1a2b3c4D5e6F7g8h9', '701984', 'S-1-5-21-3623811015-3361044348']
const dates = ['2026-01-01T00:00:00Z', '2025-11-30T23:59:59.123Z', '2024-02-29T12:00:00+02:00']
const departments = ['R&D', 'Tour Operations', 'Vertrieb (Süd)']
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const core = 'urn:ietf:params:scim:schemas:core:2.0:User'

const look = (value: string): string[] => [
  `userName eq "${value}"`,
  `userName Eq "${value}" and active eq true`,
  `externalId eq "${value}"`,
  `emails eq "${value}"`,
  `emails.value eq "${value}"`,
  `emails[type eq "work" and value eq "${value}"]`,
  `emails[primary eq true and value co "${value}"] or userName eq "${value}"`,
  `displayName co "${value}"`,
  `name.familyName sw "${value}" or name.givenName sw "${value}"`,
  `nickName pr and nickName ew "${value}"`,
  `(userName eq "${value}" or emails.value eq "${value}") and not (active eq false)`,
]
const identify = (id: string): string[] => [
  `id eq "${id}"`,
  `id eq "${id}" and manager eq "${id}"`,
  `${enterprise}:employeeNumber eq "${id}"`,
  `${enterprise}:manager.value eq "${id}"`,
  `members eq "${id}"`,
  `members[value eq "${id}"]`,
  `id eq "${id}" and members[value eq "${id}"]`,
  `groups.value eq "${id}" and userType ne "Contractor"`,
  `externalId eq "${id}" or (externalId eq null and userName eq "${id}")`,
  `${core}:externalId eq "${id}"`,
]
const since = (date: string): string[] => [
  `meta.lastModified gt "${date}"`,
  `meta.lastModified ge "${date}" and meta.lastModified lt "2027-01-01T00:00:00Z"`,
  `meta.created le "${date}" and active eq true and not (title pr)`,
  `meta.resourceType eq "User" and meta.lastModified gt "${date}" and (userType eq "Employee" or userType eq "Intern")`,
  `roles[primary eq true and value eq "admin"] and meta.lastModified gt "${date}"`,
]
const belong = (department: string): string[] => [
  `${enterprise}:department eq "${department}"`,
  `${enterprise}:department eq "${department}" and active eq true`,
  `addresses[type eq "work" and (country eq "FR" or country eq "DE")] and ${enterprise}:department eq "${department}"`,
  `displayName eq "${department}"`,
  `displayName sw "${department}" and not (members pr)`,
  `(title co "${department}" or userType co "${department}") and phoneNumbers[type eq "mobile"] and entitlements pr`,
]
const chain = (count: number): string =>
  Array.from({ length: count }, (_, index) => `userName eq "user${index * 37}@example.com"`).join(' or ')

/** Filters in the shapes that identity providers send, in the strict grammar, so that every parser can read them. */
export const idpFilters: readonly string[] = [
  ...names.flatMap(look),
  ...ids.flatMap(look),
  ...ids.flatMap(identify),
  ...names.flatMap(identify).slice(0, 32),
  ...dates.flatMap(since),
  ...departments.flatMap(belong),
  ...[2, 3, 5, 10, 20, 50].map(chain),
  'userName pr',
  'schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"',
  'title pr and userType eq "Employee"',
  'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
  'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
  'userType eq "Employee" and (emails.type eq "work")',
  'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
  'emails[type eq "work" and value co "@example.com"] or (meta.lastModified ge "2026-01-01T00:00:00Z" and active eq true)',
  'displayName eq "Ada \\"The Countess\\" Lovelace"',
  'externalId eq "CN=Ada\\\\, Lovelace,OU=R\\u0026D"',
  'title eq "caf\\u00e9 owner" or title eq "tab\\there"',
  'active eq true',
  'active eq false and meta.lastModified lt "2020-01-01T00:00:00Z"',
  ...[1, 2, 3, 4, 5, 6, 7].map((rank) => `urn:example:acme:2.0:User:badge.rank ge ${rank}`),
]
