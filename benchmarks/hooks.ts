import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupResource, urns, userResource } from '@scimkit/core'
import {
  createScimHandler,
  memoryStore,
  mount,
  type ResourceStore,
  type ScimHandler,
  type StoreContext,
  type TenantId,
} from '@scimkit/server-kit'
import { createSqlStore, openSqlite } from '@scimkit/store-sql'
import { type Finding, median, report } from './measure.js'

/**
 * What after-hooks cost: CPU time of the same requests with hooks that do nothing and without, on both stores, and a
 * member more for groups of two sizes.
 */
const windows = 9
const requests = 100
const folder = mkdtempSync(join(tmpdir(), 'scimkit-hooks-'))
const findings: Finding[] = []

/** A service provider with a group of a size, and one user beside it. */
interface Provider {
  readonly scim: ScimHandler
  readonly user: string
  readonly group: string
  sent: number
}

try {
  const stores: readonly (readonly [string, (name: string) => ResourceStore])[] = [
    ['memory', () => memoryStore()],
    ['SQLite', (name) => createSqlStore({ database: openSqlite(join(folder, name)) })],
  ]
  for (const [name, createStore] of stores) {
    const plain = await prepare(createStore(`${name}-plain`), false, 1_000)
    const small = await prepare(createStore(`${name}-small`), true, 1_000)
    const large = await prepare(createStore(`${name}-large`), true, 100_000)
    const [plainPatch = 1, smallPatch = 1, largePatch = 1] = await measure([plain, small, large], patchMember)
    const [plainPost = 1, hookedPost = 1] = await measure([plain, small], createUser)
    findings.push({ what: `${name}: POST with hooks / without`, figure: hookedPost / plainPost })
    findings.push({ what: `${name}: PATCH of one member with hooks / without`, figure: smallPatch / plainPatch })
    const growth = largePatch / smallPatch
    const what = `${name}: PATCH of one member with hooks, in 100,000 / in 1,000`
    findings.push({ what, figure: growth, goal: '≤ 1.3', holds: growth <= 1.3 })
  }
  report('hooks', findings)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function prepare(store: ResourceStore, hooked: boolean, size: number): Promise<Provider> {
  const ignore = () => undefined
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'benchmark' }),
    hooks: hooked ? { after: { provision: ignore, update: ignore, join: ignore, leave: ignore } } : undefined,
  })
  const user = await send(scim, 'POST', '/Users', { schemas: [urns.user], userName: 'ada' })
  const group = await send(scim, 'POST', '/Groups', { schemas: [urns.group], displayName: 'g' })
  const { id } = JSON.parse(group) as { id: string } // every resource has one
  const context: StoreContext = {
    tenantId: 'default' as TenantId, // the handler's brand
    resourceType: 'Group',
    principal: { subject: 'benchmark' },
    requestId: 'benchmark',
    signal: new AbortController().signal,
  }
  for (let first = 0; first < size; first += 10_000) {
    const members = Array.from({ length: Math.min(10_000, size - first) }, (_, at) => ({
      value: `member-${first + at}`,
      type: 'User',
    }))
    await store.members?.add(context, id, members, { now: new Date().toISOString() })
  }
  return { scim, user: (JSON.parse(user) as { id: string }).id, group: id, sent: 0 } // as above
}

/** Microseconds of CPU time a request, median of the windows; the providers take turns. */
async function measure(
  providers: readonly Provider[],
  request: (provider: Provider) => Promise<unknown>,
): Promise<readonly number[]> {
  const times = providers.map(() => [] as number[])
  for (let window = 0; window <= windows; window++) {
    for (const [index, provider] of providers.entries()) {
      const started = process.cpuUsage()
      for (let at = 0; at < requests; at++) await request(provider)
      const { user, system } = process.cpuUsage(started)
      if (window > 0) times[index]?.push((user + system) / requests) // the first one warms up
    }
  }
  return times.map(median)
}

function patchMember({ scim, user, group }: Provider): Promise<string> {
  return send(scim, 'PATCH', `/Groups/${group}`, {
    schemas: [urns.patchOp],
    Operations: [
      { op: 'add', path: 'members', value: [{ value: user }] },
      { op: 'remove', path: `members[value eq "${user}"]` },
    ],
  })
}

function createUser(provider: Provider): Promise<string> {
  provider.sent++
  return send(provider.scim, 'POST', '/Users', { schemas: [urns.user], userName: `user-${provider.sent}` })
}

async function send(scim: ScimHandler, method: string, path: string, body: object): Promise<string> {
  const response = await scim.fetch(
    new Request(`http://localhost/scim/v2${path}`, {
      method,
      headers: { 'content-type': 'application/scim+json' },
      body: JSON.stringify(body),
    }),
  )
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status} ${text}`)
  return text
}
