import type { Evidence, ServerProfile } from './server-profile.js'

const guide: Evidence = {
  confidence: 'documentation',
  source: 'AWS IAM Identity Center SCIM Implementation Developer Guide',
}

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
    attributes: ['userName', 'externalId', 'groups.value', 'id', 'manager'],
  },
  maxMembersInCreate: 100,
  maxMembersInPatch: 100,
  patchableGroupAttributes: ['displayName', 'externalId', 'members'],
  maxValues: 1,
  answers: ['cursorPageWithoutTotal'] as const,
  evidence: {
    missing: guide,
    page: { confidence: 'documentation' as const, source: `${guide.source}; older editions say 50 a page` },
    filter: guide,
    maxMembersInCreate: guide,
    maxMembersInPatch: guide,
    patchableGroupAttributes: guide,
    maxValues: guide,
    answers: guide,
  },
  notes: [
    {
      text: 'With cursor a page has itemsPerPage and nextCursor; without it totalResults, startIndex and itemsPerPage.',
      confidence: 'documentation' as const,
    },
    {
      text: 'Groups come without members; ask for users with groups.value eq "<id of the group>".',
      confidence: 'documentation' as const,
    },
    { text: 'A rate limit answers 429 with ThrottlingException.', confidence: 'documentation' as const },
    {
      text: 'A user needs name.givenName, name.familyName, displayName and userName.',
      confidence: 'unverified' as const,
    },
  ],
}))()
