import type { ServerProfile } from './server-profile.js'

/**
 * AWS IAM Identity Center.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/developerguide/what-is-scim.html
 */
export const aws: ServerProfile = {
  name: 'aws',
  title: 'AWS IAM Identity Center',
  confidence: 'documentation',
  missing: [
    'bulk',
    'search',
    'me',
    'indexPaging',
    'projection',
    'readMembers',
    'replaceMembers',
    'removeAllMembers',
    'password',
  ],
  page: { default: 100, max: 100 },
  filter: {
    operators: ['eq'],
    logical: ['and'],
    attributes: ['userName', 'externalId', 'groups.value', 'id', 'manager'],
  },
  maxMembersInCreate: 100,
  maxMembersInPatch: 100,
  patchableGroupAttributes: ['displayName', 'externalId', 'members'],
  maxValues: 1,
  notes: [
    'With cursor a page has itemsPerPage and nextCursor; without it totalResults, startIndex and itemsPerPage.',
    'Groups come without members; ask for users with groups.value eq "<id of the group>".',
    'A rate limit answers 429 with ThrottlingException.',
  ],
}
