import { aws } from './aws.js'
import { databricks } from './databricks.js'
import { githubEmu } from './github-emu.js'
import { salesforce } from './salesforce.js'
import type { ServerProfile } from './server-profile.js'
import { slack } from './slack.js'
import { snowflake } from './snowflake.js'
import { zscaler } from './zscaler.js'

/** Names of the servers that have a profile. */
export type ServerProfileName = 'aws' | 'databricks' | 'github-emu' | 'salesforce' | 'slack' | 'snowflake' | 'zscaler'

/** All profiles of servers. */
export const serverProfiles: readonly ServerProfile[] = /* @__PURE__ */ (() =>
  Object.freeze([aws, databricks, githubEmu, salesforce, slack, snowflake, zscaler]))()

/**
 * Finds the profile of a server.
 *
 * @param name Such as `aws`.
 * @returns The profile, or `undefined` when there is none of the name.
 */
export function findServerProfile(name: string): ServerProfile | undefined {
  return serverProfiles.find((profile) => profile.name === name)
}
