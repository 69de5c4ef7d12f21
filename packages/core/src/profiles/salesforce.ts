import type { Evidence, ProfileNote, ServerProfile } from './server-profile.js'

const help = (article: string): string => `https://help.salesforce.com/s/articleView?id=xcloud.${article}.htm&type=5`

const documented = (source: string, article: string): Evidence => ({
  confidence: 'documentation',
  source: `Salesforce Help: ${source}`,
  url: help(article),
})

const note = (text: string, article: string): ProfileNote => ({
  text,
  confidence: 'documentation',
  url: help(article),
})

/**
 * Salesforce.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.identity_scim_implementation.htm&type=5
 */
export const salesforce: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'salesforce',
  title: 'Salesforce',
  missing: ['bulk', 'deleteUser'] as const,
  page: { max: 200 },
  memberAdd: 'nested' as const,
  answers: ['errorSchemasAsString'] as const,
  evidence: {
    missing: documented('Understand the SCIM Implementation', 'identity_scim_implementation'),
    page: documented('Understand the SCIM Implementation, filter.maxResults', 'identity_scim_implementation'),
    memberAdd: documented('SCIM and REST API Reference Sheet', 'identity_scim_rest_api'),
    answers: {
      confidence: 'third party' as const,
      source: 'The mode that authentik has for Salesforce',
      url: 'https://docs.goauthentik.io/add-secure-apps/providers/scim/',
    },
  },
  notes: [
    note(
      'A user has exactly one entitlement that is the id of a profile; without it the response is 409 REQUIRED_FIELD_MISSING.',
      'identity_scim_implementation',
    ),
    note('active false deactivates a user.', 'identity_scim_rest_api'),
    note('The service provider’s configuration is at /ServiceProviderConfigs.', 'identity_scim_implementation'),
  ],
}))()
