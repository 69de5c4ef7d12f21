import type { Evidence, ProfileNote, ServerProfile } from './server-profile.js'

const guide = 'https://docs.aws.amazon.com/singlesignon/latest/developerguide'

const ping = 'https://docs.pingidentity.com/integrations/amazon/aws_iam_identity_center_provisioner'

const documented = (page: string): Evidence => ({
  confidence: 'documentation',
  source: 'AWS IAM Identity Center SCIM Implementation Developer Guide',
  url: `${guide}/${page}.html`,
})

const note = (text: string, page: string): ProfileNote => ({
  text,
  confidence: 'documentation',
  url: `${guide}/${page}.html`,
})

/**
 * AWS IAM Identity Center.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/developerguide/what-is-scim.html
 */
export const aws: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'aws',
  title: 'AWS IAM Identity Center',
  missing: [
    'bulk',
    'search',
    'me',
    'indexPaging',
    'projection',
    'readMembers',
    'replaceMembers',
    'removeAllMembers',
    'replaceGroup',
    'password',
  ] as const,
  page: { default: 100, max: 100 },
  filter: {
    operators: ['eq'],
    logical: ['and'] as const,
    userAttributes: ['userName', 'externalId', 'groups.value', 'id', 'manager'],
    groupAttributes: ['displayName', 'externalId', 'members.value', 'id', 'member'],
  },
  maxMembersInCreate: 100,
  maxMembersInPatch: 100,
  patchableGroupAttributes: ['displayName', 'externalId', 'members'],
  maxValues: 1,
  requiredHeaders: ['User-Agent'],
  answers: ['cursorPageWithoutTotal'] as const,
  evidence: {
    missing: documented('supported-apis'),
    page: documented('listusers'),
    filter: documented('listusers'),
    maxMembersInCreate: documented('creategroup'),
    maxMembersInPatch: documented('patchgroup'),
    patchableGroupAttributes: documented('patchgroup'),
    maxValues: documented('createuser'),
    requiredHeaders: {
      confidence: 'third party' as const,
      source: 'PingFederate AWS IAM Identity Center Provisioner: changelog of 1.1.0.3, PATCH is blocked without it',
      url: `${ping}/pf_aws_singlesignon_connector_changelog.html`,
    },
    answers: documented('listusers'),
  },
  notes: [
    note(
      'With cursor a page has itemsPerPage and nextCursor; without it totalResults, startIndex and itemsPerPage.',
      'listusers',
    ),
    note('Groups come without members; ask for users with groups.value eq "<id of the group>".', 'listgroups'),
    note('A rate limit answers 429, which the guide calls ThrottlingException.', 'createuser'),
    note(
      'A user needs name.givenName, name.familyName, displayName and userName; its address is primary.',
      'createuser',
    ),
    note('ims, photos, x509Certificates and entitlements of a user are refused.', 'createuser'),
  ],
}))()
