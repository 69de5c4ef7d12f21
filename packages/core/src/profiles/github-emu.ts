import type { Evidence, ServerProfile } from './server-profile.js'

const guide: Evidence = {
  confidence: 'documentation',
  source: 'GitHub Docs: provisioning users and groups with SCIM using the REST API',
}

/**
 * GitHub Enterprise Managed Users.
 *
 * @see https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/provisioning-user-accounts-with-scim
 */
export const githubEmu: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'github-emu',
  title: 'GitHub Enterprise Managed Users',
  requiredHeaders: ['User-Agent'],
  quotas: [
    { of: 'usersAssigned' as const, count: 1_000, seconds: 3_600 },
    { of: 'usersAddedToOneGroup' as const, count: 1_000, seconds: 3_600 },
  ],
  evidence: { requiredHeaders: guide, quotas: guide },
  notes: [
    'Paths are case-sensitive.',
    'Only one client may write; users come before groups.',
    'active false suspends an account and obfuscates its login and address; DELETE cannot be undone.',
    'The NameID of sign-on must equal userName.',
  ].map((text) => ({ text, confidence: 'documentation' as const })),
}))()
