import { enterpriseUser, type PatchOperation, urns, userResource } from '@scimkit/core/schema'
import { applyPatch } from '@scimkit/server-kit/patch'
import { type ScimPatchOperation, type ScimResource, scimPatch } from 'scim-patch'
import { type Finding, geomean, race, report } from './measure.js'

/**
 * Ours against scim-patch on small PATCH requests: the peer with a copy, since we too leave the resource as it was, and
 * in place, where every round but the first writes what is there already.
 */
const definition = userResource.extend(enterpriseUser)

const user = (): Readonly<Record<string, unknown>> => ({
  schemas: [urns.user, urns.enterpriseUser],
  id: '2819c223-7f76-453a-919d-413861904646',
  externalId: '701984',
  userName: 'bjensen@example.com',
  name: { formatted: 'Ms. Barbara J Jensen, III', familyName: 'Jensen', givenName: 'Barbara', middleName: 'Jane' },
  displayName: 'Babs Jensen',
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.example', type: 'home' },
  ],
  phoneNumbers: [{ value: 'tel:+1-555-555-5555', type: 'work' }],
  meta: { resourceType: 'User', created: '2010-01-23T04:56:22Z', lastModified: '2011-05-13T04:42:34Z' },
  [urns.enterpriseUser]: { department: 'Tour Operations', manager: { value: '26118915' } },
})

const requests: readonly { readonly name: string; readonly operations: readonly PatchOperation[] }[] = [
  { name: 'replace displayName', operations: [{ op: 'replace', path: 'displayName', value: 'Barbara' }] },
  { name: 'replace name.familyName', operations: [{ op: 'replace', path: 'name.familyName', value: 'King' }] },
  {
    name: 'replace emails[type eq "work"].value',
    operations: [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'b@example.com' }],
  },
  { name: 'replace without path', operations: [{ op: 'replace', value: { active: false } }] },
  {
    name: 'add an email',
    operations: [{ op: 'add', path: 'emails', value: [{ value: 'x@example.com', type: 'other' }] }],
  },
  { name: 'remove by filter', operations: [{ op: 'remove', path: 'phoneNumbers[type eq "fax"]' }] },
  {
    name: 'extension attribute',
    operations: [{ op: 'replace', path: `${urns.enterpriseUser}:department`, value: 'Looms' }],
  },
  {
    name: 'two operations, as Entra sends them',
    operations: [
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada.l@example.com' },
      { op: 'replace', path: 'name.familyName', value: 'King' },
    ],
  },
]

const findings: Finding[] = []
const shares: { readonly copied: number[]; readonly inPlace: number[] } = { copied: [], inPlace: [] }
for (const { name, operations } of requests) {
  const ours = user()
  const copied = user() as unknown as ScimResource // the peer names what a resource must have
  const inPlace = user() as unknown as ScimResource // the peer names what a resource must have
  const theirs = operations as ScimPatchOperation[] // the same messages under the peer's type
  const [mine, copying, mutating] = race([
    { name: 'scimkit', run: () => applyPatch(definition, ours, operations) },
    {
      name: 'scim-patch, copy',
      run: () => scimPatch(copied, theirs, { mutateDocument: false, treatMissingAsAdd: true }),
    },
    { name: 'scim-patch, in place', run: () => scimPatch(inPlace, theirs) },
  ])
  const speed = mine?.perSecond ?? 1
  shares.copied.push((copying?.perSecond ?? 0) / speed)
  shares.inPlace.push((mutating?.perSecond ?? 0) / speed)
  findings.push({ what: `${name}: patches a second`, figure: speed })
  findings.push({ what: `${name}: time / scim-patch with a copy`, figure: (copying?.perSecond ?? 0) / speed })
  findings.push({ what: `${name}: time / scim-patch in place`, figure: (mutating?.perSecond ?? 0) / speed })
}
const share = geomean(shares.copied)
findings.push({
  what: 'time / scim-patch with a copy, geometric mean',
  figure: share,
  goal: '≤ 0.5',
  holds: share <= 0.5,
})
findings.push({ what: 'time / scim-patch in place, geometric mean', figure: geomean(shares.inPlace) })
report('patch', findings)
