export type { CertificateOutcome, PemFiles, PemPair, TlsOptions } from './listener/keep-certificate.js'
export { type ListenOptions, type ListenTimeouts, listen, type ScimListener } from './listener/listen.js'
export { toNodeListener } from './node/to-node-listener.js'
