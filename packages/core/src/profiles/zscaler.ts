import type { Evidence, ServerProfile } from './server-profile.js'

const guide: Evidence = { confidence: 'documentation', source: 'Zscaler Help: SCIM API, limits and examples' }

/** Zscaler: Internet Access (ZIA), Private Access (ZPA) and ZIdentity. The rate is the lowest that is documented, ZIA's. */
export const zscaler: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'zscaler',
  title: 'Zscaler',
  page: { max: 1_000 },
  filter: { attributes: ['userName', 'externalId', 'id'] },
  maxGroupsOfUser: 128,
  rates: [{ of: 'requests' as const, requests: 5, seconds: 1 }],
  answers: ['booleanAsString', 'extensionAtTopLevel'] as const,
  evidence: {
    page: guide,
    filter: guide,
    maxGroupsOfUser: guide,
    rates: { confidence: 'documentation' as const, source: `${guide.source}; ZIA 5 a second, ZIdentity 50` },
    answers: {
      confidence: 'documentation' as const,
      source: `${guide.source}; text booleans in ZPA, department in ZIA`,
    },
  },
  notes: [
    'The domain of userName must be registered.',
    'Discovery needs no credentials.',
    'ZPA sorts, and has no custom attributes; it states no rate.',
  ].map((text) => ({ text, confidence: 'documentation' as const })),
}))()
