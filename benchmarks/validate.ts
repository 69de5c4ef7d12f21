import { enterpriseUser, urns, userResource } from '@scimkit/core'
import SCIMMY from 'scimmy'
import { type Finding, race, report } from './measure.js'

const { validators } = userResource.extend(enterpriseUser)
if (!validators) throw new Error('the main entry has validators')

const input = {
  schemas: [urns.user, urns.enterpriseUser],
  externalId: '701984',
  userName: 'bjensen@example.com',
  name: {
    formatted: 'Ms. Barbara J Jensen, III',
    familyName: 'Jensen',
    givenName: 'Barbara',
    middleName: 'Jane',
    honorificPrefix: 'Ms.',
    honorificSuffix: 'III',
  },
  displayName: 'Babs Jensen',
  nickName: 'Babs',
  profileUrl: 'https://login.example.com/bjensen',
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.example', type: 'home' },
  ],
  addresses: [
    {
      type: 'work',
      streetAddress: '100 Universal City Plaza',
      locality: 'Hollywood',
      region: 'CA',
      postalCode: '91608',
      country: 'US',
      formatted: '100 Universal City Plaza\nHollywood, CA 91608 US',
      primary: true,
    },
  ],
  phoneNumbers: [
    { value: 'tel:+1-555-555-5555', type: 'work' },
    { value: 'tel:+1-555-555-4444', type: 'mobile' },
  ],
  userType: 'Employee',
  title: 'Tour Guide',
  preferredLanguage: 'en-US',
  locale: 'en-US',
  timezone: 'America/Los_Angeles',
  active: true,
  [urns.enterpriseUser]: {
    employeeNumber: '701984',
    costCenter: '4130',
    organization: 'Universal Studios',
    division: 'Theme Park',
    department: 'Tour Operations',
    manager: { value: '26118915-6090-4610-87e4-49d8ca9f808d', $ref: '../Users/26118915', displayName: 'John Smith' },
  },
}
const answer = {
  ...input,
  id: '2819c223-7f76-453a-919d-413861904646',
  groups: [{ value: 'e9e30dba-f08f-4109-8486-d5c6a331660a', $ref: '../Groups/e9e30dba', display: 'Tour Guides' }],
  meta: {
    resourceType: 'User',
    created: '2010-01-23T04:56:22Z',
    lastModified: '2011-05-13T04:42:34Z',
    version: 'W/"3694e05e9dff591"',
    location: 'https://example.com/v2/Users/2819c223-7f76-453a-919d-413861904646',
  },
}

// The peer checks a resource by making an object of its schema; the extension has to be declared first.
SCIMMY.Schemas.User.extend(SCIMMY.Schemas.EnterpriseUser.definition as never, false) // its own types lack what its manual shows
const peer = { create: 'in', resource: 'out' } as const

const findings: Finding[] = []
for (const [name, resource, use] of [
  ['create', input, 'create'],
  ['resource', answer, 'resource'],
] as const) {
  const text = JSON.stringify(resource)
  const validate = validators[use]['~standard'].validate
  const [parsed, validated, byPeer] = race([
    { name: 'JSON.parse', run: () => JSON.parse(text) },
    { name, run: () => validate(resource) },
    { name: 'scimmy', run: () => new SCIMMY.Schemas.User(resource, peer[use]) },
  ])
  const share = (parsed?.perSecond ?? 0) / (validated?.perSecond ?? 1)
  findings.push({ what: `validations of a full enterprise User a second, ${name}`, figure: validated?.perSecond ?? 0 })
  findings.push({
    what: `time of ${name} / time of JSON.parse of the same text (${text.length} bytes)`,
    figure: share,
    goal: '≤ 0.7',
    holds: share <= 0.7,
  })
  findings.push({
    what: `validations of scimkit / validations of scimmy, ${name}`,
    figure: (validated?.perSecond ?? 0) / (byPeer?.perSecond ?? 1),
  })
}
report('validate', findings)
