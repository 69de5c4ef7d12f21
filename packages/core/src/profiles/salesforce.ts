import type { ServerProfile } from './server-profile.js'

/** Salesforce. */
export const salesforce: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'salesforce',
  title: 'Salesforce',
  missing: ['deleteUser'] as const,
  memberAdd: 'nested' as const,
  answers: ['errorSchemasAsString'] as const,
  evidence: {
    missing: { confidence: 'documentation' as const, source: 'Salesforce documentation: SCIM, users are deactivated' },
    memberAdd: { confidence: 'documentation' as const, source: 'Salesforce documentation: SCIM, PATCH of members' },
    answers: { confidence: 'third party' as const, source: 'Error bodies that integrators have reported' },
  },
  notes: [
    {
      text: 'A user has exactly one entitlement that is the id of a profile; without it the answer is 409 REQUIRED_FIELD_MISSING.',
      confidence: 'documentation' as const,
    },
    { text: 'active false deactivates a user.', confidence: 'documentation' as const },
  ],
}))()
