export { type ClientCredentialsOptions, clientCredentials, TokenError } from './oauth/client-credentials.js'
