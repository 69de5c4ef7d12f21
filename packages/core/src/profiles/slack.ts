import type { Evidence, ProfileNote, RateLimit, ServerProfile } from './server-profile.js'

const reference = 'https://docs.slack.dev/reference/scim-api'

const documented: Evidence = {
  confidence: 'documentation',
  source: 'Slack developer documentation: SCIM API rate limits',
  url: `${reference}/rate-limits`,
}

const note = (text: string): ProfileNote => ({ text, confidence: 'documentation', url: reference })

const perMinute = (of: RateLimit['of'], requests: number, burst: number): RateLimit => ({
  of,
  requests,
  seconds: 60,
  burst,
})

/**
 * Slack; its limits count for the whole organisation.
 *
 * @see https://docs.slack.dev/reference/scim-api
 */
export const slack: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'slack',
  title: 'Slack',
  page: { default: 10, max: 1_000, above: 'clamped' as const },
  rates: [
    perMinute('writes', 600, 180),
    perMinute('reads', 1_000, 1_000),
    perMinute('userReads', 300, 300),
    perMinute('groupReads', 300, 300),
    perMinute('userWrites', 180, 20),
    perMinute('groupUpdates', 180, 80),
    perMinute('groupWrites', 180, 20),
  ],
  retryAfter: true,
  evidence: {
    page: { ...documented, source: 'Slack developer documentation: SCIM API reference', url: reference },
    rates: documented,
    retryAfter: documented,
  },
  notes: [
    note('A listing without count has pages of 10.'),
    note('SCIM 1.1 and 2.0 are served side by side, at /v1 and /v2.'),
    note('DELETE of a user deactivates the account.'),
    {
      text: 'Filters and PATCH behave differently from the RFC.',
      confidence: 'source' as const,
      url: 'https://docs.goauthentik.io/add-secure-apps/providers/scim/',
    },
  ],
}))()
