import type { Evidence, RateLimit, ServerProfile } from './server-profile.js'

const guide: Evidence = { confidence: 'documentation', source: 'Slack developer documentation: SCIM API, rate limits' }

const perMinute = (of: RateLimit['of'], requests: number, burst: number): RateLimit => ({
  of,
  requests,
  seconds: 60,
  burst,
})

/**
 * Slack; its limits count for the whole organisation.
 *
 * @see https://docs.slack.dev/admins/scim-api/
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
  evidence: { page: guide, rates: guide, retryAfter: guide },
  notes: [
    { text: 'A listing without count has pages of 10.', confidence: 'documentation' as const },
    { text: 'SCIM 1.1 and 2.0 are served side by side, at /v1 and /v2.', confidence: 'documentation' as const },
    { text: 'Filters and PATCH behave differently from the RFC.', confidence: 'source' as const },
  ],
}))()
