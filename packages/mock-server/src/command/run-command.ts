import { createRequire } from 'node:module'
import { createMockServer, type MockServer } from '../create-mock-server.js'
import { isLoopback, type Listener } from '../listen.js'
import { checkSeed, type SeedResources } from '../provider/seed-resources.js'
import { type Flags, help, readFlags, UsageError } from './flags.js'
import { copyStore, type OpenStore, openStore } from './open-store.js'
import { readJsonFile } from './read-json-file.js'
import { readSchemaFiles } from './read-schema-files.js'

/** A running command. */
export interface RunningCommand {
  /** Ends it when open requests are answered. */
  stop(): Promise<void>
}

/**
 * Runs the command: reads the flags, starts the server and prints where it is.
 *
 * @param args Arguments behind the command's name.
 * @param print Receives each line of standard output.
 * @param warn Receives each warning about a file.
 * @returns What was started; `undefined` when there was only text to print or a copy to write.
 * @throws {UsageError} For wrong flags and files; its message is the line for standard error.
 */
export async function runCommand(
  args: readonly string[],
  print: (line: string) => void,
  warn: (line: string) => void = () => undefined,
): Promise<RunningCommand | undefined> {
  const flags = readFlags(args)
  if (flags.help) {
    print(help.trimEnd())
    return undefined
  }
  if (flags.version) {
    print(createRequire(import.meta.url)('../../package.json').version)
    return undefined
  }
  if (flags.database !== undefined && flags.backup !== undefined) {
    await copyStore(flags.database, flags.backup)
    print(`${flags.database} is copied to ${flags.backup}`)
    return undefined
  }
  const hosts = [flags.host, ...(flags.baseUrl === undefined ? [] : [new URL(flags.baseUrl).hostname])]
  if (flags.token === null && !hosts.every(isLoopback)) {
    throw new UsageError('--no-auth is only for loopback addresses; give a --token for others')
  }
  const resources = await readSchemaFiles(flags.schemas, warn)
  const seed = typeof flags.seed === 'string' ? await readSeed(flags.seed, resources) : flags.seed
  const opened = flags.database === undefined ? undefined : await openStore(flags.database)
  const token = flags.token === undefined ? makeToken() : (flags.token ?? undefined)
  try {
    const { server, listener } = await startServer(
      flags,
      { resources, token, seed: await seedOf(seed, opened) },
      opened,
    )
    print(`listening on ${listener.url}`)
    if (listener.inspectorUrl !== undefined) print(`inspector on ${listener.inspectorUrl}`)
    if (flags.token === undefined) print(`token ${token}`)
    return {
      async stop() {
        await server.close()
        opened?.close()
      },
    }
  } catch (error) {
    opened?.close()
    throw error
  }
}

type ServerParts = Pick<NonNullable<Parameters<typeof createMockServer>[0]>, 'resources' | 'token' | 'seed'>

async function startServer(
  { basePath, baseUrl, compatibility, host, port, inspector }: Flags,
  parts: ServerParts,
  opened: OpenStore | undefined,
): Promise<{ readonly server: MockServer; readonly listener: Listener }> {
  const store = opened && { store: opened.store }
  const server = refuseAsUsage(() =>
    createMockServer({ ...parts, basePath, baseUrl, compatibility, keptRequests: 1_000, ...store }),
  )
  await seedStore(server)
  try {
    return { server, listener: await server.listen({ host, port, inspector }) }
  } catch (error) {
    const { code } = error as { code?: unknown } // Node's errors have one
    if (code === 'EADDRINUSE') throw new UsageError(`--port: ${port} is in use on ${host}`)
    if (code === 'EACCES') throw new UsageError(`--port: ${port} needs more rights than this user has`)
    throw new UsageError(`--host: ${host} cannot be listened on (${String(code)})`)
  }
}

/** Two types of one endpoint, for example, come from the files that flags name. */
function refuseAsUsage<T>(create: () => T): T {
  try {
    return create()
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`--schema: ${error.message}`) : error
  }
}

/** A fault of the seed belongs on this screen, not in the response to the first request. */
async function seedStore(server: MockServer): Promise<void> {
  try {
    await server.ready()
  } catch (error) {
    throw new UsageError(`--${(error as Error).message}`) // seedResources throws errors: "seed: User[0] is refused: …"
  }
}

async function readSeed(file: string, resources: ServerParts['resources']): Promise<SeedResources> {
  const seed = (await readJsonFile(file, '--seed')) as SeedResources // checked right here
  try {
    checkSeed(seed, resources ?? [])
  } catch (error) {
    throw new UsageError(`--seed: ${file}: ${(error as Error).message}`) // checkSeed throws TypeErrors
  }
  return seed
}

/** A database that holds anything has been seeded before. */
async function seedOf(seed: ServerParts['seed'], opened: OpenStore | undefined): Promise<ServerParts['seed']> {
  return opened && seed !== undefined && !(await opened.isEmpty()) ? undefined : seed
}

function makeToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
