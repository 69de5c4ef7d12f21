/**
 * Serves a handler on Node's HTTP and HTTPS servers: use `toNodeListener` for a server of your own, `listen` for one with
 * time-outs, certificates that change, and an orderly end.
 */

export type { CertificateOutcome, PemFiles, PemPair, TlsOptions } from './listener/keep-certificate.js'
export { type ListenOptions, type ListenTimeouts, listen, type ScimListener } from './listener/listen.js'
export { toNodeListener } from './node/to-node-listener.js'
