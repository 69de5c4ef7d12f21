import { isDeepStrictEqual } from 'node:util'
import { enterpriseUser, groupResource, urns, userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { createScimHandler, memoryStore, mount, type Note } from '../src/index.js'

const enterprise = urns.enterpriseUser
const ops = ['add', 'replace', 'remove']

/** Every form of a value: absent, "no value", of a right type and of a wrong one, of one element and of several. */
const values: readonly unknown[] = [
  undefined,
  null,
  '',
  'u2',
  'True',
  '5',
  5,
  true,
  [],
  {},
  [null],
  [''],
  [{}],
  ['u2'],
  [{ value: '' }],
  [{ value: null }],
  { value: '' },
  { value: null },
  { value: 'u2' },
  [{ value: 'u1' }],
  [{ value: 'u2', display: 'Grace' }],
  [{ value: 'u1' }, { value: 'u2' }],
  { givenName: 'Grace', familyName: '' },
  { $ref: 'http://localhost/Users/u2' },
  [
    { type: 'work', value: 'ada@example.com' },
    { type: 'WORK', value: 'ADA@example.com' },
  ],
]

const userPaths = [
  undefined,
  'title',
  'active',
  'name',
  'name.givenName',
  'emails',
  'emails.value',
  'emails[type eq "work"]',
  'emails[type eq "work"].value',
  'emails[type eq "other"].value',
  'emails[value eq "ada@example.com"]',
  'password',
  'groups',
  'nickname2',
  enterprise,
  `${enterprise}:department`,
  `${enterprise}:manager`,
  `${enterprise}:manager.value`,
  `${enterprise}:manager.$ref`,
]
const groupPaths = [
  undefined,
  'displayName',
  'externalId',
  'members',
  'members.value',
  'members[value eq "u1"]',
  'members[value eq "u9"]',
  'members[value eq "u1"].display',
  'members[type eq "User"]',
]

const user = {
  schemas: [urns.user, enterprise],
  userName: 'ada',
  title: 'Analyst',
  active: true,
  name: { givenName: 'Ada', familyName: 'King' },
  emails: [
    { type: 'work', value: 'ada@example.com', primary: true },
    { type: 'home', value: 'ada@home.example' },
  ],
  [enterprise]: { department: 'Engines', manager: { value: 'u1' } },
}
const group = { schemas: [urns.group], displayName: 'Sales', members: [{ value: 'u1' }, { value: 'u3' }] }

interface Outcome {
  readonly status: number
  /** The resource afterwards, without what differs from write to write, and how often its password was removed. */
  readonly resource: object
  /** Rules that were needed. */
  readonly rules: readonly string[]
}

type Write = (send: Send) => Promise<{ readonly status: number; readonly path: string }>
type Send = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Record<string, unknown> }>

/** Starts a service provider with the users u1, u2 and u3; each write it runs leaves nothing behind. */
async function start(compatibility: 'strict' | 'lenient'): Promise<(write: Write) => Promise<Outcome>> {
  const store = memoryStore()
  let notes: Note[] = []
  let removedPasswords = 0
  let next = 0
  const scim = createScimHandler({
    basePath: '/',
    resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'law' }),
    hooks: {
      hashPassword: async () => 'hash',
      setPassword: async () => undefined,
      removePassword: async () => {
        removedPasswords++
      },
    },
    createId: () => `u${++next}`,
    compatibility,
    onNote: (note) => notes.push(note),
  })
  const send: Send = async (method, path, body) => {
    const init = { method, headers: { 'content-type': 'application/scim+json' }, body: JSON.stringify(body) ?? null }
    const response = await scim.fetch(new Request(`http://localhost${path}`, init))
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  }
  for (const userName of ['one', 'two', 'three']) await send('POST', '/Users', { schemas: [urns.user], userName })
  return async (write) => {
    notes = []
    removedPasswords = 0
    const { status, path } = await write(send)
    const { id, meta, ...resource } = (await send('GET', path)).body
    if (id !== undefined) expect((await send('DELETE', path)).status).toBe(204)
    return { status, resource: { ...resource, removedPasswords }, rules: notes.map(({ rule }) => rule) }
  }
}

interface Case {
  readonly name: string
  readonly write: Write
}

const patches: readonly Case[] = [
  { endpoint: '/Users', resource: user, paths: userPaths },
  { endpoint: '/Groups', resource: group, paths: groupPaths },
].flatMap(({ endpoint, resource, paths }) =>
  paths.flatMap((path) =>
    ops.flatMap((op) =>
      values.map((value) => ({
        name: `PATCH ${endpoint} ${JSON.stringify({ op, path, value })}`,
        write: async (send: Send) => {
          const { id } = (await send('POST', endpoint, resource)).body
          const body = { schemas: [urns.patchOp], Operations: [{ op, path, value }] }
          return { status: (await send('PATCH', `${endpoint}/${id}`, body)).status, path: `${endpoint}/${id}` }
        },
      })),
    ),
  ),
)

const bodies: readonly Case[] = [
  {
    endpoint: '/Users',
    resource: user,
    keys: ['title', 'active', 'name', 'emails', 'password', 'groups', 'nickname2', enterprise],
  },
  { endpoint: '/Users', resource: user, keys: ['manager', 'department'], holder: enterprise },
  { endpoint: '/Groups', resource: group, keys: ['displayName', 'externalId', 'members'] },
].flatMap(({ endpoint, resource, keys, holder }) =>
  keys.flatMap((key) =>
    values.flatMap((value) => {
      const attributes = holder === undefined ? { [key]: value } : { [holder]: { [key]: value } }
      const body = { ...resource, ...attributes }
      const name = `${endpoint} ${JSON.stringify(attributes)}`
      return [
        {
          name: `POST ${name}`,
          write: async (send: Send) => {
            const { status, body: made } = await send('POST', endpoint, body)
            return { status, path: `${endpoint}/${made.id ?? 'none'}` }
          },
        },
        {
          name: `PUT ${name}`,
          write: async (send: Send) => {
            const { id } = (await send('POST', endpoint, resource)).body
            return { status: (await send('PUT', `${endpoint}/${id}`, body)).status, path: `${endpoint}/${id}` }
          },
        },
      ]
    }),
  ),
)

/** Number of values that are left, at every depth. */
function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, inner) => sum + sizeOf(inner), 0)
}

interface Difference {
  readonly name: string
  /** Rules that lenient needed. */
  readonly rules: readonly string[]
  readonly removesMore: boolean
}

/** What lenient makes of the writes that strict accepts. */
async function compare(
  cases: readonly Case[],
): Promise<{ accepted: number; refused: string[]; differing: Difference[] }> {
  const found = { accepted: 0, refused: [] as string[], differing: [] as Difference[] }
  const runStrict = await start('strict')
  const runLenient = await start('lenient')
  for (const { name, write } of cases) {
    const strict = await runStrict(write)
    if (strict.status >= 300) continue
    found.accepted++
    const { status, resource, rules } = await runLenient(write)
    if (status >= 300) found.refused.push(name)
    if (isDeepStrictEqual(resource, strict.resource)) continue
    found.differing.push({ name, rules, removesMore: sizeOf(resource) < sizeOf(strict.resource) })
  }
  return found
}

/** Rules that exist to read what strict accepts otherwise, and the writes that they may read so. */
const exceptions: readonly { readonly rule: string; readonly writes: RegExp }[] = [
  { rule: 'removeByValue', writes: /^PATCH \/(?:Users|Groups) \{"op":"remove","path":"(?:emails|members)","value":/ },
  {
    rule: 'memberFromRef',
    writes: /^(?:PATCH|POST|PUT) \/Users .*manager.*\{"\$ref":"http:\/\/localhost\/Users\/u2"\}/,
  },
  { rule: 'nullPassword', writes: /^PUT \/Users \{"password":null\}/ },
]

function isException({ name, rules }: Difference): boolean {
  return exceptions.some(({ rule, writes }) => rules.includes(rule) && writes.test(name))
}

describe('JN-13, PA-16: whatever strict accepts, lenient accepts with the same result, and never removes more', () => {
  it.each([
    { sweep: 'PATCH', cases: patches, atLeast: 600 },
    { sweep: 'POST and PUT', cases: bodies, atLeast: 150 },
  ])('$sweep, but for the rules that are made to read otherwise', { timeout: 120_000 }, async ({ cases, atLeast }) => {
    const { accepted, refused, differing } = await compare(cases)
    expect(accepted).toBeGreaterThan(atLeast)
    expect(refused).toEqual([])
    expect(differing.filter(({ removesMore }) => removesMore)).toEqual([])
    expect(differing.filter((difference) => !isException(difference))).toEqual([])
  })
})
