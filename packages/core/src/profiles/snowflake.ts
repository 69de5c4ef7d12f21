import type { Evidence, ProfileNote, ServerProfile } from './server-profile.js'

const change = 'https://docs.snowflake.com/release-notes/bcr-bundles/2026_03/bcr-2276'

const documented: Evidence = {
  confidence: 'documentation',
  source: 'Snowflake behaviour change 2276, bundle 2026_03: unsupported filters rejected',
  url: change,
}

const note = (text: string, url: string = change): ProfileNote => ({ text, confidence: 'documentation', url })

/**
 * Snowflake, from release bundle 2026_03.
 *
 * @see https://docs.snowflake.com/en/user-guide/scim-user-api-reference
 */
export const snowflake: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'snowflake',
  title: 'Snowflake',
  filter: { operators: ['eq', 'sw'], logical: [] },
  evidence: { filter: documented },
  notes: [
    note('A filter that is not supported is answered with 400 invalidFilter.'),
    note('Values in filters must be quoted JSON.'),
    note('Before bundle 2026_03 a list without filter has one user that does not exist; since then it is paged.'),
    note(
      'Attributes of a user with several values are not supported.',
      'https://docs.snowflake.com/en/user-guide/scim-user-api-reference',
    ),
  ],
}))()
