import type { ServerProfile } from './server-profile.js'

/**
 * GitHub Enterprise Managed Users.
 *
 * @see https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/provisioning-user-accounts-with-scim
 */
export const githubEmu: ServerProfile = {
  name: 'github-emu',
  title: 'GitHub Enterprise Managed Users',
  confidence: 'documentation',
  missing: [],
  requiredHeaders: ['User-Agent'],
  quotas: [
    { of: 'usersAssigned', count: 1_000, seconds: 3_600 },
    { of: 'usersAddedToOneGroup', count: 1_000, seconds: 3_600 },
  ],
  notes: [
    'Paths are case-sensitive.',
    'Only one client may write; users come before groups.',
    'active false suspends an account and obfuscates its login and address; DELETE cannot be undone.',
    'The NameID of sign-on must equal userName.',
  ],
}
