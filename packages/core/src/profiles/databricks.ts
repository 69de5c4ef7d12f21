import type { ServerProfile } from './server-profile.js'

/** Databricks, the SCIM API of an account. */
export const databricks: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'databricks',
  title: 'Databricks',
  filter: { maxNodes: 200 },
  evidence: {
    filter: { confidence: 'unverified' as const, source: 'Reported for the SCIM API of accounts; not verified' },
  },
  notes: [],
}))()
