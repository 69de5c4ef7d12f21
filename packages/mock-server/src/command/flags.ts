import { parseArgs } from 'node:util'

/** Wrong use of the command; its message is one line that names the flag. */
export class UsageError extends Error {}

/** What the command line says, checked as far as no file is needed. */
export interface Flags {
  readonly host: string
  readonly port: number
  readonly basePath: string
  /** URL under which clients reach the service root from elsewhere. */
  readonly baseUrl: string | undefined
  /** Token that requests need; `undefined` when one is to be made; `null` for none. */
  readonly token: string | undefined | null
  /** File or number of sample users. */
  readonly seed: string | number | undefined
  readonly schemas: readonly string[]
  readonly database: string | undefined
  /** File to copy the database to, instead of serving it. */
  readonly backup: string | undefined
  readonly compatibility: 'lenient' | 'strict' | 'interop'
  readonly inspector: boolean
  readonly help: boolean
  readonly version: boolean
}

/** What `--help` prints. */
export const help = `scim-mock-server: a SCIM 2.0 service provider for tests and laptops

  --host HOST            address to listen on (127.0.0.1)
  --port PORT            port; 0 picks a free one (0)
  --base-path PATH       path of the service root (/scim/v2)
  --base-url URL         URL under which clients reach it from elsewhere, such as that of a tunnel
  --token TOKEN          bearer token that requests need; default: SCIM_MOCK_TOKEN of the environment, else
                         one is made and printed
  --no-auth              requests need no token; only on loopback addresses
  --seed FILE|N          resources to begin with: a JSON file {"User": [...]}, or a number of sample users
  --schema FILE...       schema of an extension of User, or schemas with their ResourceType; may be repeated
  --database FILE        keeps resources in a SQLite file; needs @scimkit/store-sql
  --backup COPY          copies the file of --database, also while a server runs on it, and ends
  --compatibility MODE   lenient, strict or interop (lenient)
  --no-inspector         serves the protocol only, without the page that shows the requests
  --version              prints the version
  --help                 prints this
`

const options = {
  host: { type: 'string' },
  port: { type: 'string' },
  'base-path': { type: 'string' },
  'base-url': { type: 'string' },
  token: { type: 'string' },
  'no-auth': { type: 'boolean' },
  seed: { type: 'string' },
  schema: { type: 'string', multiple: true },
  database: { type: 'string' },
  backup: { type: 'string' },
  compatibility: { type: 'string' },
  tenants: { type: 'string' },
  'no-inspector': { type: 'boolean' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const

/**
 * Reads the arguments of the command.
 *
 * @param args Arguments behind the command's name.
 * @param environment Variables of the process; `SCIM_MOCK_TOKEN` stands for `--token`.
 * @throws {UsageError} That names the flag at fault.
 */
export function readFlags(args: readonly string[], environment: Environment = process.env): Flags {
  const values = parse(args)
  const { token = values['no-auth'] ? undefined : environment.SCIM_MOCK_TOKEN } = values
  if (values.tenants !== undefined) throw new UsageError('--tenants is not supported; start one server per tenant')
  if (values.token !== undefined && values['no-auth']) throw new UsageError('--token and --no-auth exclude each other')
  if (token !== undefined && !/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) {
    const name = values.token === undefined ? 'SCIM_MOCK_TOKEN' : '--token'
    throw new UsageError(`${name} may hold A-Z a-z 0-9 - . _ ~ + / and end in =`)
  }
  if (values.backup !== undefined && values.database === undefined) {
    throw new UsageError('--backup copies the file of --database; give both')
  }
  return {
    host: readText(values.host, '--host') ?? '127.0.0.1',
    port: readNumber(values.port ?? '0', '--port', 65_535),
    basePath: readBasePath(values['base-path'] ?? '/scim/v2'),
    baseUrl: readBaseUrl(values['base-url']),
    token: values['no-auth'] ? null : token,
    seed: readSeedFlag(values.seed),
    schemas: values.schema ?? [],
    database: readText(values.database, '--database'),
    backup: readText(values.backup, '--backup'),
    compatibility: readCompatibility(values.compatibility ?? 'lenient'),
    inspector: !values['no-inspector'],
    help: values.help ?? false,
    version: values.version ?? false,
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** What looks like a number is one; a file of such a name is given with its folder. */
function readSeedFlag(value: string | undefined): string | number | undefined {
  return /^[-+]?[\d.]+$/.test(value ?? '') ? readNumber(value ?? '', '--seed', 100_000) : readText(value, '--seed')
}

function parse(given: readonly string[]) {
  // parseArgs would take a negative number for another flag, and say so.
  const args = spreadSchemas(given).flatMap((one, at, given) => {
    if (at > 0 && isNegativeValue(given, at)) return []
    return isNegativeValue(given, at + 1) ? [`${one}=${given[at + 1]}`] : [one]
  })
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    const [first = ''] = (error as Error).message.split(/\.? To specify|\n/) // parseArgs throws errors
    throw new UsageError(first)
  }
}

/** A shell makes many files of `--schema *.json`: all of them are meant. */
function spreadSchemas(given: readonly string[]): readonly string[] {
  let isSchema = false
  return given.map((one, at) => {
    if (one.startsWith('-')) isSchema = one === '--schema' || one.startsWith('--schema=')
    const isFurther = isSchema && !one.startsWith('-') && given[at - 1] !== '--schema'
    return isFurther ? `--schema=${one}` : one
  })
}

function isNegativeValue(args: readonly string[], at: number): boolean {
  return /^-\d/.test(args[at] ?? '') && /^--(?:seed|port)$/.test(args[at - 1] ?? '')
}

function readText(value: string | undefined, flag: string): string | undefined {
  if (value === '') throw new UsageError(`${flag} is empty`)
  return value
}

function readNumber(value: string, flag: string, most: number): number {
  if (/^\d+$/.test(value) && Number(value) <= most) return Number(value)
  throw new UsageError(`${flag} must be a number from 0 to ${most}, not ${JSON.stringify(value)}`)
}

function readBasePath(value: string): string {
  if (/^(?:\/[A-Za-z0-9\-._~]+)+$/.test(value)) return value
  throw new UsageError('--base-path must be a path such as /scim/v2, without a slash at its end')
}

function readBaseUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const wanted = '--base-url must be an http or https URL such as https://x.tunnel.example, without query'
  if (!URL.canParse(value) || !/^https?:\/\/[^?#@\s]+$/i.test(value)) throw new UsageError(wanted)
  return value
}

function readCompatibility(value: string): Flags['compatibility'] {
  if (value === 'lenient' || value === 'strict' || value === 'interop') return value
  throw new UsageError(`--compatibility must be lenient, strict or interop, not ${JSON.stringify(value)}`)
}
