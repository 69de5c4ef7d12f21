import type { ServerProfile } from './server-profile.js'

/** Snowflake, from release bundle 2026_03. */
export const snowflake: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'snowflake',
  title: 'Snowflake',
  filter: { operators: ['eq', 'sw'] },
  evidence: {
    filter: {
      confidence: 'documentation' as const,
      source: 'Snowflake release notes, behaviour change bundle 2026_03',
    },
  },
  notes: [
    {
      text: 'A filter that is not supported is answered with 400 invalidFilter.',
      confidence: 'documentation' as const,
    },
    { text: 'Values in filters must be quoted JSON.', confidence: 'documentation' as const },
    {
      text: 'Before bundle 2026_03 a list without filter has one user that does not exist; since then it is paged.',
      confidence: 'unverified' as const,
    },
  ],
}))()
