/** Use it to know what real servers require, refuse and limit: data from their documentation, each fact with its source. */

export { aws } from './profiles/aws.js'
export { databricks } from './profiles/databricks.js'
export { findServerProfile, type ServerProfileName, serverProfiles } from './profiles/find-server-profile.js'
export { githubEmu } from './profiles/github-emu.js'
export { salesforce } from './profiles/salesforce.js'
export type {
  Confidence,
  Evidence,
  MissingFeature,
  OddAnswer,
  ProfileNote,
  Quota,
  RateLimit,
  ServerFacts,
  ServerProfile,
} from './profiles/server-profile.js'
export { slack } from './profiles/slack.js'
export { snowflake } from './profiles/snowflake.js'
export { zscaler } from './profiles/zscaler.js'
