import { urns } from '@scimkit/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { memoryStore } from '../src/index.js'
import { type Host, startHost, tokens } from './http/host.js'

/** Number of random requests; more by `SCIMKIT_FUZZ=20000`. */
const runs = Number(process.env.SCIMKIT_FUZZ ?? 3_000)

const hostileText = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'userName',
    'id',
    'meta.version',
    'emails[type eq "work"].value',
    '',
    '*',
  ),
  fc.constantFrom(
    urns.user,
    urns.patchOp,
    urns.enterpriseUser,
    `${urns.enterpriseUser}:manager`,
    'members',
    'password',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 40 }),
)

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    hostileText,
    fc.constantFrom(null, true, false, 0, -0, 1e308, -1, 1.5),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(hostileText, tie('value'), { maxKeys: 5 }),
}))

const operation = fc.record(
  {
    op: fc.oneof(fc.constantFrom('add', 'remove', 'replace', 'Add'), json.value),
    path: fc.oneof(hostileText, json.value),
    value: json.value,
  },
  { requiredKeys: [] },
)

const body = fc.oneof(
  json.value.map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .tuple(fc.constantFrom(urns.user, urns.group), json.object)
    .map(([schema, object]) =>
      JSON.stringify({ schemas: [schema], userName: 'x', displayName: 'y', ...(object as object) }),
    ),
  fc.array(operation, { maxLength: 4 }).map((Operations) => JSON.stringify({ schemas: [urns.patchOp], Operations })),
  fc
    .dictionary(fc.constantFrom('filter', 'sortBy', 'count', 'startIndex', 'attributes'), json.value)
    .map((query) => JSON.stringify({ schemas: [urns.searchRequest], ...query })),
)

const filterText = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'userName',
        'emails',
        '[',
        ']',
        '(',
        ')',
        'eq',
        'ne',
        'co',
        'pr',
        'and',
        'or',
        'not',
        '"a"',
        'true',
        'null',
        '1',
        '.',
        'value',
        'meta.location',
        'groups',
        'members.value',
        ':',
        '\\',
        '"',
      ),
      { maxLength: 12 },
    )
    .map((words) => words.join(' ')),
  hostileText,
)

const query = fc.dictionary(
  fc.constantFrom(
    'filter',
    'sortBy',
    'sortOrder',
    'count',
    'startIndex',
    'attributes',
    'excludedAttributes',
    'cursor',
    'x',
  ),
  fc.oneof(filterText, fc.integer().map(String)),
  { maxKeys: 4 },
)

const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'),
  segments: fc.array(
    fc.oneof(
      fc.constantFrom('Users', 'Groups', 'Devices', 'Schemas', 'ResourceTypes', 'Bulk', 'Me', '.search', 'ID'),
      hostileText,
    ),
    { maxLength: 4 },
  ),
  query,
  body,
  headers: fc.record(
    {
      'if-match': fc.oneof(fc.constantFrom('*', 'W/"1"', '"1"', ''), fc.string({ maxLength: 10 })),
      'if-none-match': fc.constantFrom('*', 'W/"1"'),
      'content-type': fc.constantFrom('application/json', 'text/plain', ';;;', 'application/scim+json; charset=x'),
      accept: fc.string({ maxLength: 10 }),
    },
    { requiredKeys: [] },
  ),
})

it(`${runs} random requests give no 500, no broken answer, and leave the built-ins alone`, {
  timeout: 600_000,
}, async () => {
  const failures: unknown[] = []
  const host = await startHost(memoryStore(), 'web handler', {
    onError: (error) => failures.push(error),
    hooks: { setPassword: () => undefined },
  })
  const created = await host.send('POST', '/Users', {
    body: { schemas: [urns.user], userName: 'ada', emails: [{ value: 'a', type: 'work' }] },
  })
  const before = builtIns()
  await fc.assert(
    fc.asyncProperty(request, async (given) => {
      const answer = await send(host, given, String(created.body.id))
      if (!answer) return
      expect(failures).toEqual([])
      expect(answer.status === 501 || answer.status < 500).toBe(true)
      const text = await answer.text()
      if (answer.status >= 400 && text !== '')
        expect(JSON.parse(text)).toMatchObject({ schemas: [urns.error], status: String(answer.status) })
      expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules|TypeError|RangeError/)
    }),
    { numRuns: runs, endOnFailure: true },
  )
  expect(builtIns()).toEqual(before)
})

/** Requests that the platform itself refuses to build never reach a server. */
async function send(
  host: Host,
  {
    method,
    segments,
    query,
    body,
    headers,
  }: {
    method: string
    segments: string[]
    query: Record<string, string>
    body: string
    headers: Record<string, string>
  },
  id: string,
): Promise<Response | undefined> {
  const path = segments.map((segment) => (segment === 'ID' ? id : encode(segment))).join('/')
  const search = Object.entries(query)
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join('&')
  let built: Request
  try {
    built = new Request(`${host.origin}/scim/v2/${path}?${search}`, {
      method,
      headers: { authorization: `Bearer ${tokens.main}`, 'content-type': 'application/scim+json', ...headers },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
    })
  } catch {
    return undefined
  }
  return host.fetch(built)
}

function encode(text: string): string {
  return encodeURIComponent(text.replace(/[\uD800-\uDFFF]/g, '?'))
}

function builtIns(): readonly unknown[] {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype].map((prototype) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([name, { value }]) => [name, value]),
  )
}
