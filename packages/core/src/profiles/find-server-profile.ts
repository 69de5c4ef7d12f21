import { aws } from './aws.js'
import { githubEmu } from './github-emu.js'
import type { ServerProfile } from './server-profile.js'
import { slack } from './slack.js'

/** All profiles of servers. */
export const serverProfiles: readonly ServerProfile[] = /* @__PURE__ */ (() => Object.freeze([aws, githubEmu, slack]))()

/**
 * Finds the profile of a server.
 *
 * @param name Such as `aws`.
 * @returns The profile, or `undefined` when there is none of the name.
 */
export function findServerProfile(name: string): ServerProfile | undefined {
  return serverProfiles.find((profile) => profile.name === name)
}
