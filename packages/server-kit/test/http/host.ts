import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { enterpriseUser, groupResource, type ResourceDefinition, urns, userResource } from '@scimkit/core'
import {
  type BearerCredential,
  bearerToken,
  createScimHandler,
  mount,
  type PendingChanges,
  type Redelivery,
  type ResourceStore,
  type ScimHandlerOptions,
  type ScimServiceProvider,
} from '../../src/index.js'
import { toNodeListener } from '../../src/node.js'
import { deviceResource } from './device.js'

/** A JSON object of an answer. */
export type Body = Readonly<Record<string, unknown>>

/** An answer of the service provider. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; empty where there is none. */
  readonly body: Body
}

/** How a request is sent. */
export interface SendOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Secret of the caller; `null` sends none. */
  readonly token?: string | null
}

/** A running service provider. */
export interface Host {
  readonly origin: string
  /** Sends a request to a path below the service root. */
  send(method: string, path: string, options?: SendOptions): Promise<HttpAnswer>
  /** Sends a request that is already whole. */
  fetch(request: Request): Promise<Response>
  /** Delivers what after-hooks have still to be told. */
  redeliver(options?: { readonly signal?: AbortSignal }): Promise<Redelivery>
  /** What after-hooks have still to be told. */
  pending(): PendingChanges
}

/** What a test may choose of its service provider. */
export interface HostOptions extends Partial<Omit<ScimHandlerOptions, 'resources' | 'authenticate'>> {
  readonly resources?: (store: ResourceStore) => ScimHandlerOptions['resources']
  readonly authenticate?: ScimHandlerOptions['authenticate']
}

/** Starts a service provider for one test; it ends with the test. */
export type StartHost = (options?: HostOptions) => Promise<Host>

/** How requests reach the handler. */
export type Transport = 'web handler' | 'Node server'

/** Secrets of three callers: two of one tenant, one of another. */
export const tokens = {
  main: 'main-token-0123456789',
  second: 'second-token-0123456789',
  other: 'other-token-0123456789',
}

const credentials: readonly BearerCredential[] = [
  { token: tokens.main, subject: 'main' },
  { token: tokens.second, subject: 'second' },
  { token: tokens.other, subject: 'other', tenantId: 'other' },
]

/** Users as every test has them. */
export const testUser: ResourceDefinition = userResource.extend(enterpriseUser)

/**
 * Starts a service provider with users, groups and devices on one store.
 *
 * @param store Empty store.
 * @param transport How requests reach the handler.
 * @param options What the test chooses.
 * @returns The host, and what ends it.
 */
export async function startHost(
  store: ResourceStore,
  transport: Transport,
  options: HostOptions,
): Promise<Host & { close(): Promise<void> }> {
  const { resources = mountAll, ...chosen } = options
  const handler = createScimHandler({
    basePath: '/scim/v2',
    authenticate: bearerToken(credentials),
    onError: () => undefined,
    ...chosen,
    resources: resources(store),
  })
  const basePath = chosen.basePath ?? '/scim/v2'
  if (transport === 'web handler') {
    return makeHost('http://localhost', basePath, handler, {
      send: (request) => handler.fetch(request),
      close: () => Promise.resolve(),
    })
  }
  const server = createServer(toNodeListener(handler))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has one
  return makeHost(`http://127.0.0.1:${port}`, basePath, handler, { send: fetch, close: () => closeServer(server) })
}

function mountAll(store: ResourceStore): ScimHandlerOptions['resources'] {
  return [mount(testUser, store), mount(groupResource, store), mount(deviceResource, store)]
}

function makeHost(
  origin: string,
  basePath: string,
  handler: ScimServiceProvider,
  { send, close }: { readonly send: (request: Request) => Promise<Response>; readonly close: () => Promise<void> },
): Host & { close(): Promise<void> } {
  return {
    origin,
    close,
    fetch: send,
    redeliver: (options) => handler.redeliver(options),
    pending: () => handler.pending(),
    async send(method, path, { body, headers = {}, token = tokens.main } = {}) {
      const response = await send(
        new Request(origin + (basePath === '/' ? '' : basePath) + path, {
          method,
          headers: {
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
            ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      )
      const text = await response.text()
      const answered: Body = text === '' ? {} : JSON.parse(text)
      if (response.status >= 400) requireReason(`${method} ${path}`, answered)
      for (const { method: verb, path: below, response: inner } of operationsOf(answered)) {
        if (inner) requireReason(`${verb} ${below} in ${method} ${path}`, inner)
      }
      return { status: response.status, headers: response.headers, text, body: answered }
    },
  }
}

/** Whatever a test asks about a refusal, the refusal says what is wrong. */
function requireReason(request: string, { status, detail }: Body): void {
  if (status !== undefined && !/\w+ \w+/.test(String(detail)))
    throw new Error(`${request} was answered ${status} without a reason`)
}

function operationsOf({ Operations = [] }: Body): readonly { method: string; path: string; response?: Body }[] {
  return Operations as readonly { method: string; path: string; response?: Body }[] // the message has the list
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/**
 * Creates a user.
 *
 * @param host Service provider.
 * @param userName Name of the user.
 * @param attributes Further attributes.
 * @returns The user as answered.
 */
export function createUser(
  host: Host,
  userName: string,
  attributes: object = {},
): Promise<Body & { readonly id: string }> {
  const extensions = Object.keys(attributes).filter((name) => name.startsWith('urn:'))
  return create(host, '/Users', { schemas: [urns.user, ...extensions], userName, ...attributes })
}

/**
 * Creates a group.
 *
 * @param host Service provider.
 * @param displayName Name of the group.
 * @param members Ids of its members.
 * @returns The group as answered.
 */
export function createGroup(
  host: Host,
  displayName: string,
  members: readonly string[] = [],
): Promise<Body & { readonly id: string }> {
  return create(host, '/Groups', { schemas: [urns.group], displayName, members: members.map((value) => ({ value })) })
}

async function create(host: Host, path: string, body: object): Promise<Body & { readonly id: string }> {
  const answer = await host.send('POST', path, { body })
  if (answer.status !== 201) throw new Error(`POST ${path} was answered ${answer.status} ${answer.text}`)
  return answer.body as Body & { readonly id: string } // every resource has an id
}

/**
 * @param operations Operations of a PATCH.
 * @returns The message.
 */
export function patchOp(...operations: readonly object[]): object {
  return { schemas: [urns.patchOp], Operations: operations }
}

/**
 * @param answer Answer to a query.
 * @returns Its resources.
 */
export function resourcesOf(answer: HttpAnswer): readonly Body[] {
  return answer.body.Resources as readonly Body[] // the message has the list
}

/**
 * @param text Filter.
 * @returns Query string with it.
 */
export function filtered(text: string): string {
  return `?filter=${encodeURIComponent(text)}`
}
