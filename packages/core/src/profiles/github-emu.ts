import type { Evidence, ProfileNote, ServerProfile } from './server-profile.js'

const docs = 'https://docs.github.com/en'
const accounts = `${docs}/enterprise-cloud@latest/admin/managing-iam/provisioning-user-accounts-with-scim`
const guide = `${accounts}/provisioning-users-and-groups-with-scim-using-the-rest-api`

const documented: Evidence = {
  confidence: 'documentation',
  source: 'GitHub Docs: Provisioning users and groups with SCIM using the REST API',
  url: guide,
}

const note = (text: string, url: string): ProfileNote => ({ text, confidence: 'documentation', url })

/**
 * GitHub Enterprise Managed Users.
 *
 * @see https://docs.github.com/en/rest/enterprise-admin/scim
 */
export const githubEmu: ServerProfile = /* @__PURE__ */ (() => ({
  name: 'github-emu',
  title: 'GitHub Enterprise Managed Users',
  requiredHeaders: ['User-Agent'],
  quotas: [
    { of: 'usersAssigned' as const, count: 1_000, seconds: 3_600 },
    { of: 'usersAddedToOneGroup' as const, count: 1_000, seconds: 3_600 },
  ],
  evidence: { requiredHeaders: documented, quotas: documented },
  notes: [
    note('Paths are case-sensitive.', `${docs}/rest/enterprise-admin/scim`),
    note('Only one client may write; users come before groups.', guide),
    note(
      'active false suspends an account and obfuscates its login and address; DELETE cannot be undone.',
      `${accounts}/deprovisioning-and-reinstating-users`,
    ),
    note('The NameID of sign-on must equal userName.', `${docs}/rest/enterprise-admin/scim`),
  ],
}))()
