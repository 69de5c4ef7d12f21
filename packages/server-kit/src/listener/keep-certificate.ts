import { readFile } from 'node:fs/promises'
import { createSecureContext, type SecureContextOptions } from 'node:tls'

/** A certificate, its chain behind it, and its private key, both in PEM. */
export interface PemPair {
  readonly cert: string | Uint8Array
  readonly key: string | Uint8Array
}

/** Files of a certificate. */
export interface PemFiles {
  /** File with the certificate and its chain, PEM. */
  readonly certFile: string
  /** File with the private key, PEM. */
  readonly keyFile: string
  /** Milliseconds between two checks of the files; with 0 they are read only when `reload` is called. Default 10,000. */
  readonly interval?: number | undefined
  /** Called for every new certificate, and with the reason when one was not taken; the old one stays in use then. */
  readonly onReload?: ((outcome: CertificateOutcome) => void) | undefined
}

/** What became of files that changed. */
export type CertificateOutcome = { readonly loaded: true } | { readonly loaded: false; readonly error: unknown }

/** The certificate of a server. TLS 1.2 is the oldest version that is spoken. */
export type TlsOptions = PemPair | PemFiles

/** A certificate that may change while its server runs. */
export interface KeptCertificate {
  /** For Node's `createServer`. */
  readonly options: SecureContextOptions & { readonly handshakeTimeout: number }
  /** @param use Makes the server use another certificate from now on. */
  watch(use: (context: SecureContextOptions) => void): void
  unwatch(): void
  /**
   * @param pair Certificate and key; read from the files when absent.
   * @throws {TypeError} When they do not fit; nothing changes then.
   */
  reload(pair?: PemPair): Promise<void>
}

/**
 * Loads a certificate and follows its files. They are read and compared, since time stamps and watchers miss changes
 * behind links, as Kubernetes mounts secrets.
 *
 * @param tls Certificate, or its files.
 * @returns The certificate.
 * @throws {TypeError} When certificate and key do not fit.
 * @throws {Error} When a file cannot be read.
 */
export async function keepCertificate(tls: TlsOptions): Promise<KeptCertificate> {
  let current = 'certFile' in tls ? await readPair(tls) : tls
  let seen = fingerprint(current)
  let use: (context: SecureContextOptions) => void = () => undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const options = { ...toContext(current), handshakeTimeout: 10_000 }

  const take = (pair: PemPair): void => {
    const context = toContext(pair)
    use(context)
    current = pair
    seen = fingerprint(pair)
  }

  const check = async (files: PemFiles): Promise<void> => {
    try {
      const pair = await readPair(files)
      if (fingerprint(pair) === seen) return
      seen = fingerprint(pair) // a pair that does not fit is reported once, not at every check
      take(pair)
      tell(files, { loaded: true })
    } catch (error) {
      tell(files, { loaded: false, error })
    }
  }

  /** The next check begins when the last one has ended, so that they never overtake each other. */
  const checkLater = (files: PemFiles): void => {
    const { interval = 10_000 } = files
    if (stopped || interval === 0) return
    timer = setTimeout(() => void check(files).then(() => checkLater(files)), interval).unref()
  }

  return {
    options,
    watch(given) {
      use = given
      if ('certFile' in tls) checkLater(tls)
    },
    unwatch() {
      stopped = true
      clearTimeout(timer)
    },
    async reload(pair) {
      take(pair ?? ('certFile' in tls ? await readPair(tls) : current))
    },
  }
}

async function readPair({ certFile, keyFile }: PemFiles): Promise<PemPair> {
  const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)])
  return { cert, key }
}

function fingerprint({ cert, key }: PemPair): string {
  return `${Buffer.from(cert).toString('base64')} ${Buffer.from(key).toString('base64')}`
}

/** OpenSSL itself says whether the key belongs to the certificate: of two files written one by one, one is too old. */
function toContext({ cert, key }: PemPair): SecureContextOptions {
  const context: SecureContextOptions = { cert: Buffer.from(cert), key: Buffer.from(key), minVersion: 'TLSv1.2' }
  try {
    createSecureContext(context)
  } catch (cause) {
    throw new TypeError('tls: certificate and key do not fit each other, or are not PEM', { cause })
  }
  return context
}

function tell({ onReload }: PemFiles, outcome: CertificateOutcome): void {
  try {
    onReload?.(outcome)
  } catch {
    // A callback that throws must not end the server.
  }
}
