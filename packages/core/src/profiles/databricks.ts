import type { ServerProfile } from './server-profile.js'

/**
 * Databricks, the SCIM API of an account.
 *
 * @see https://docs.databricks.com/aws/en/reference/scim-2-1
 */
export const databricks: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'databricks',
  title: 'Databricks',
  filter: { maxNodes: 200 },
  evidence: {
    filter: {
      confidence: 'documentation' as const,
      source: 'Databricks: Account SCIM v2.1 API reference, limits',
      url: 'https://docs.databricks.com/aws/en/reference/scim-2-1',
    },
  },
  notes: [
    {
      text: 'A filter with more nodes is answered with 400 INVALID_FILTER.',
      confidence: 'documentation' as const,
      url: 'https://docs.databricks.com/aws/en/reference/scim-2-1',
    },
    {
      text: 'A successful POST may be answered with 200; 429 says that the rate limit is exceeded.',
      confidence: 'documentation' as const,
      url: 'https://docs.databricks.com/dev-tools/api/latest/scim/scim-errors.html',
    },
  ],
}))()
