/** Use this entry where tokens come from an OAuth authorization server; it needs the peer `oauth4webapi`. */

// The authentication for `createScimClient`.
export { clientCredentials } from './oauth/client-credentials.js'
export type { ClientCredentialsOptions } from './oauth/options.js'

// The cause of a request that failed for want of a token.
export { TokenError } from './oauth/token-error.js'
