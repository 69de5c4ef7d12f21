import { gzipSync } from 'node:zlib'
import { urns } from '@scimkit/core'
import fc from 'fast-check'

/** A random request below the service root. */
export interface FuzzRequest {
  readonly method: string
  /** Path and query, percent-encoded as far as it is. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer>
}

const hostileText = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString.x',
    'hasOwnProperty',
    'userName',
    'id',
    'meta.version',
    'emails[type eq "work"].value',
    'members[value eq "x"]',
    'members',
    'password',
    '',
    '*',
  ),
  fc.constantFrom(
    urns.user,
    urns.group,
    urns.patchOp,
    urns.enterpriseUser,
    `${urns.enterpriseUser}:manager`,
    `${urns.user}:name.familyName`,
    'urn:x',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.string({ maxLength: 40 }),
)

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    hostileText,
    fc.constantFrom(null, true, false, 0, -0, 1e308, -1, 1.5, 2 ** 53, 'true', 'False', 'ID'),
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

const resource = fc
  .tuple(fc.constantFrom(urns.user, urns.group, urns.enterpriseUser), json.object)
  .map(([schema, object]) => ({ schemas: [schema], userName: 'x', displayName: 'y', ...(object as object) })) // an object, as it says

const patch = fc
  .array(operation, { maxLength: 4 })
  .map((Operations): object => ({ schemas: [urns.patchOp], Operations }))

const bulkOperation = fc.record(
  {
    method: fc.oneof(fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'post', 'GET'), hostileText),
    path: fc.oneof(
      fc.constantFrom('/Users', '/Groups', '/Users/ID', '/Users/bulkId:a', '/Bulk', '//', '/'),
      hostileText,
    ),
    bulkId: fc.oneof(fc.constantFrom('a', 'b'), json.value),
    version: hostileText,
    data: fc.oneof(resource, patch, json.value),
  },
  { requiredKeys: [] },
)

const message = fc.oneof(
  json.value,
  resource,
  patch,
  fc.record({
    schemas: fc.constant([urns.bulkRequest]),
    failOnErrors: fc.oneof(fc.integer({ min: 0, max: 3 }), json.value),
    Operations: fc.oneof(fc.array(bulkOperation, { maxLength: 4 }), json.value),
  }),
  fc
    .dictionary(
      fc.constantFrom('filter', 'sortBy', 'sortOrder', 'count', 'startIndex', 'attributes', 'cursor'),
      json.value,
    )
    .map((query): object => ({ schemas: [urns.searchRequest], ...query })),
)

/** JSON mostly; sometimes cut off, or with bytes changed, or in another encoding. */
const body: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  { weight: 8, arbitrary: message.map((value) => JSON.stringify(value) ?? '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => new Uint8Array(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(message, fc.nat({ max: 200 }), fc.nat({ max: 255 }))
      .map(([value, position, byte]) => spoil(JSON.stringify(value) ?? '', position, byte)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(message, fc.constantFrom('utf16le', 'latin1', 'gzip'))
      .map(([value, encoding]) => encode(JSON.stringify(value) ?? '', encoding)),
  },
)

function spoil(text: string, position: number, byte: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.from(text))
  if (bytes.length > 0) bytes[position % bytes.length] = byte
  return byte % 2 === 0 ? bytes : bytes.slice(0, position)
}

function encode(text: string, encoding: string): Uint8Array<ArrayBuffer> {
  if (encoding === 'gzip') return new Uint8Array(gzipSync(text))
  return new Uint8Array(Buffer.from(text, encoding as BufferEncoding)) // of the list above
}

const filterWords =
  'userName emails [ ] ( ) eq ne co sw pr and or not "a" true null 1 -1e5 . value meta.location groups members.value : \\ "'

const filterText = fc.oneof(
  fc.array(fc.constantFrom(...filterWords.split(' ')), { maxLength: 12 }).map((words) => words.join(' ')),
  hostileText,
)

const queryName = fc.constantFrom(
  'filter',
  'sortBy',
  'sortOrder',
  'count',
  'startIndex',
  'attributes',
  'excludedAttributes',
  'cursor',
  '__proto__',
)

const query = fc.oneof(
  fc.array(fc.tuple(queryName, fc.oneof(filterText, fc.integer().map(String))), { maxLength: 4 }),
  fc.constant([]),
) as fc.Arbitrary<readonly (readonly [string, string])[]> // the union of both

/** Half of the requests lead somewhere; the others lead anywhere. */
const knownRoutes = [
  ['GET', 'Users'],
  ['POST', 'Users'],
  ['POST', 'Groups'],
  ['POST', 'Devices'],
  ['POST', 'Users/.search'],
  ['POST', '.search'],
  ['POST', 'Bulk'],
  ['GET', 'Users/ID'],
  ['PUT', 'Users/ID'],
  ['PATCH', 'Users/ID'],
  ['PUT', 'Groups/GROUP'],
  ['PATCH', 'Groups/GROUP'],
  ['GET', 'Groups'],
  ['GET', ''],
  ['HEAD', 'Groups/GROUP'],
] as const

const known = fc.constantFrom(...knownRoutes).map(([method, path]) => ({ method, segments: path.split('/') }))

const segments = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('Users', 'Groups', 'Devices', 'ID', 'GROUP') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...['Schemas', 'ResourceTypes', 'ServiceProviderConfig', 'Bulk', 'Me', '.search', 'v2', '..', '%zz', '%2e'],
      ),
    },
    { weight: 1, arbitrary: hostileText.map(encodeSegment) },
  ),
  { maxLength: 4 },
)

const headers = fc.record(
  {
    'if-match': fc.oneof(fc.constantFrom('*', 'W/"1"', '"1"', ''), fc.string({ maxLength: 10 })),
    'if-none-match': fc.oneof(fc.constantFrom('*', 'W/"1"'), fc.string({ maxLength: 10 })),
    'content-type': fc.oneof(
      { weight: 6, arbitrary: fc.constant('application/scim+json') },
      {
        weight: 2,
        arbitrary: fc.constantFrom('application/json', 'text/plain', ';;;', 'application/json; charset=x', '=;="'),
      },
      { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
    ),
    'content-encoding': fc.constantFrom('identity', 'gzip', 'br', ''),
    accept: fc.string({ maxLength: 10 }),
    'x-http-method-override': fc.constantFrom('DELETE', 'TRACE'),
  },
  { requiredKeys: [] },
)

const anyMethod = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS') },
  { weight: 1, arbitrary: fc.constantFrom('PROPFIND', 'post', 'QUERY', '__proto__', 'constructor') },
)

/** Random requests: methods, paths, queries, headers, bodies and their encodings. */
export const arbitraryRequest: fc.Arbitrary<FuzzRequest> = fc
  .record({
    line: fc.oneof(known, fc.record({ method: anyMethod, segments })),
    query,
    headers: fc.oneof(fc.constant({}), headers),
    body,
  })
  .map(({ line: { method, segments }, query, ...rest }) => {
    const search = query.map(([name, value]) => `${name}=${encodeSegment(value)}`).join('&')
    return { ...rest, method, target: `/${segments.join('/')}${search === '' ? '' : `?${search}`}` }
  })

function encodeSegment(text: string): string {
  return encodeURIComponent(text.replace(/[\uD800-\uDFFF]/g, '?'))
}
