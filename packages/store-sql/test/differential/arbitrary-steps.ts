import { enterpriseUser, urns } from '@scimkit/core'
import fc from 'fast-check'

/** A request, as both stores get it; `CURSOR` in the path stands for the cursor that the last page ended with. */
export interface Step {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object | undefined
  /** Milliseconds that the clock has moved since the step before; it may have been set back. */
  readonly passed: number
}

/** The ids that the service provider gives, in their order; some are never given. Their order is not that of time. */
export const ids: readonly string[] = Array.from({ length: 12 }, (_, n) => `${'mcxaqztb'[n % 8]}${n}`)

const one = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const id = one(...ids.slice(0, 4), ...ids.slice(0, 7))
const word = one('ada', 'Ada', 'bob', 'b', '', 'ß', 'SS', 'zoë')
const name = one('ada', 'bob', 'Carl', 'dora', 'ADA')
const some = <T>(values: fc.Arbitrary<T>) => fc.array(values, { maxLength: 3 })
const member = fc.record({ value: id, display: word, type: one('User', 'Group') }, { requiredKeys: ['value'] })
const email = fc.record({ value: word, type: one('work', 'home'), primary: fc.boolean() }, { requiredKeys: ['value'] })

const userParts = {
  displayName: word,
  title: word,
  externalId: one('x1', 'x2', 'X1'),
  active: one<unknown>(true, false, 'True'),
  emails: some(email),
  name: fc.record({ familyName: word, givenName: word }, { requiredKeys: [] }),
}
const extension = fc.record(
  { employeeNumber: word, manager: one<unknown>({ value: 'm0' }, 'm0', { value: '' }) },
  { requiredKeys: [] },
)
const user = fc
  .record({ userName: name, ...userParts, [enterpriseUser.urn]: extension }, { requiredKeys: ['userName'] })
  .map((parts) => ({ schemas: [urns.user, ...(parts[enterpriseUser.urn] ? [enterpriseUser.urn] : [])], ...parts }))
const group = fc
  .record({ displayName: name, externalId: word, members: some(member) }, { requiredKeys: ['displayName'] })
  .map((parts) => ({ schemas: [urns.group], ...parts }))

const userOperation = fc.oneof(
  fc.record({
    op: one('add', 'replace', 'Replace'),
    path: one('title', 'displayName', 'name.familyName'),
    value: word,
  }),
  fc.record({ op: one('add', 'replace'), path: one('emails'), value: some(email) }),
  fc.record({ op: one('add', 'replace'), path: one('emails[type eq "work"].value'), value: word }),
  fc.record({
    op: one('remove'),
    path: one('title', 'emails', 'emails[type eq "work"]', 'name', 'externalId', 'groups'),
  }),
  fc.record({ op: one('replace', 'add'), value: fc.record({ ...userParts, userName: name }, { requiredKeys: [] }) }),
)
const memberPath = id.map((value) => `members[value eq "${value}"]`)
const groupOperation = fc.oneof(
  fc.record({ op: one('add', 'replace', 'remove'), path: one('members'), value: some(member) }),
  fc.record({ op: one('remove'), path: memberPath }),
  fc.record({ op: one('remove'), path: one('members', 'externalId') }),
  fc.record({ op: one('add', 'replace'), path: memberPath.map((path) => `${path}.display`), value: word }),
  fc.record({ op: one('replace', 'add'), path: one('displayName'), value: name }),
  fc.record({
    op: one('replace', 'add'),
    value: fc.record({ displayName: name, members: some(member) }, { requiredKeys: [] }),
  }),
)
const patchOf = (operation: fc.Arbitrary<object>) =>
  fc.array(operation, { minLength: 1, maxLength: 3 }).map((Operations) => ({ schemas: [urns.patchOp], Operations }))

const operator = one('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'le')
const literal = fc.oneof(word, id).map((text) => JSON.stringify(text))
const comparable = one(
  'userName',
  'displayName',
  'title',
  'externalId',
  'id',
  'emails',
  'emails.value',
  'name.familyName',
  'members',
  'members.value',
  'members.display',
  'groups',
  'groups.value',
  'groups.display',
  'meta.version',
)
const term = fc.oneof(
  fc.tuple(comparable, operator, literal).map((parts) => parts.join(' ')),
  one('title pr', 'members pr', 'groups pr', 'emails pr', 'active eq true', 'active ne true'),
  fc
    .tuple(one('members', 'emails', 'groups'), operator, literal)
    .map(([at, op, value]) => `${at}[value ${op} ${value}]`),
  fc.tuple(operator, id, word).map(([op, a, b]) => `members[value eq "${a}" and display ${op} "${b}"]`),
  fc
    .tuple(one('gt', 'ge', 'lt', 'le'), one(0, 2, 5, 9))
    .map(([op, second]) => `meta.lastModified ${op} "2026-01-01T00:00:0${second}Z"`),
)
const filter = fc.oneof(
  term,
  fc.tuple(term, one('and', 'or'), term).map((parts) => parts.join(' ')),
  term.map((inner) => `not (${inner})`),
)
const attribute = one(
  ...['userName', 'displayName', 'title', 'emails', 'emails.value', 'members', 'members.display'],
  ...['groups', 'groups.display', 'meta.lastModified', 'meta.version', 'id', 'name.familyName', 'active'],
)

const query = fc.record(
  {
    filter,
    sortBy: attribute,
    sortOrder: one('ascending', 'descending'),
    startIndex: one(1, 2, 3, 9),
    count: one(0, 1, 2, 50),
    attributes: attribute,
    excludedAttributes: attribute,
  },
  { requiredKeys: [] },
)
const place = one('/Users', '/Users', '/Groups', '/')
const textOf = (parameters: object) =>
  new URLSearchParams(Object.entries(parameters).map(([key, value]) => [key, String(value)]))

const version = one('W/"1"', 'W/"2"', 'W/"3"', '*')
const headers = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: version.map((value) => ({ 'if-match': value })) },
  { weight: 1, arbitrary: version.map((value) => ({ 'if-none-match': value })) },
)
const at = (type: string) => id.map((text) => `/${type}/${text}`)
const send = (method: string, path: fc.Arbitrary<string>, body?: fc.Arbitrary<object>) =>
  fc.record({ method: fc.constant(method), path, headers, ...(body && { body }) })

const bulkId = one('a', 'b')
const bulkOperation = fc.oneof(
  fc.record({ method: one('POST'), path: one('/Users'), bulkId, data: user }),
  fc.record({ method: one('POST'), path: one('/Groups'), bulkId, data: group }),
  fc.record({ method: one('PUT'), path: at('Users'), data: user }),
  fc.record({ method: one('PATCH'), path: at('Groups'), data: patchOf(groupOperation) }),
  fc.record({
    method: one('PATCH'),
    path: at('Groups'),
    data: bulkId.map((name) => ({
      schemas: [urns.patchOp],
      Operations: [{ op: 'add', path: 'members', value: [{ value: `bulkId:${name}` }] }],
    })),
  }),
  fc.record({ method: one('DELETE'), path: fc.oneof(at('Users'), at('Groups')) }),
)
const bulk = fc
  .record(
    { failOnErrors: one(1, 2), Operations: fc.array(bulkOperation, { maxLength: 4 }) },
    { requiredKeys: ['Operations'] },
  )
  .map((request) => ({ schemas: [urns.bulkRequest], ...request }))

const search = query.map((parameters) => {
  const { attributes, excludedAttributes, ...rest } = parameters
  const lists = {
    ...(attributes && { attributes: [attributes] }),
    ...(excludedAttributes && { excludedAttributes: [excludedAttributes] }),
  }
  return { schemas: [urns.searchRequest], ...rest, ...lists }
})

const creation = fc.oneof(
  send('POST', fc.constant('/Users'), user),
  send(
    'POST',
    fc.constant('/Groups'),
    group.map(({ members: _, ...parts }) => parts),
  ),
)

const request = fc.oneof(
  { weight: 4, arbitrary: send('POST', fc.constant('/Users'), user) },
  { weight: 4, arbitrary: send('POST', fc.constant('/Groups'), group) },
  { weight: 2, arbitrary: send('PUT', at('Users'), user) },
  { weight: 2, arbitrary: send('PUT', at('Groups'), group) },
  { weight: 3, arbitrary: send('PATCH', at('Users'), patchOf(userOperation)) },
  { weight: 5, arbitrary: send('PATCH', at('Groups'), patchOf(groupOperation)) },
  { weight: 2, arbitrary: send('DELETE', fc.oneof(at('Users'), at('Groups'))) },
  { weight: 3, arbitrary: send('GET', fc.oneof(at('Users'), at('Groups'))) },
  {
    weight: 6,
    arbitrary: send(
      'GET',
      fc.tuple(place, query).map(([path, parameters]) => `${path}?${textOf(parameters)}`),
    ),
  },
  {
    weight: 3,
    arbitrary: send(
      'GET',
      fc
        .tuple(
          one('/Users', '/Groups'),
          fc.record({ filter, sortBy: attribute, sortOrder: one('descending') }, { requiredKeys: [] }),
        )
        .map(([path, parameters]) => `${path}?${textOf({ ...parameters, count: 1 })}&cursor`),
    ),
  },
  { weight: 6, arbitrary: send('GET', fc.constant('CURSOR')) },
  {
    weight: 2,
    arbitrary: send(
      'POST',
      place.map((path) => `${path}/.search`.replace('//', '/')),
      search,
    ),
  },
  { weight: 2, arbitrary: send('POST', fc.constant('/Bulk'), bulk) },
  { weight: 1, arbitrary: send('GET', fc.constant('/Me')) },
  { weight: 1, arbitrary: send('PATCH', fc.constant('/Me'), patchOf(userOperation)) },
  { weight: 1, arbitrary: send('PUT', fc.constant('/Me'), user) },
  { weight: 1, arbitrary: send('DELETE', fc.constant('/Me')) },
)

const timed = (requests: fc.Arbitrary<Omit<Step, 'passed'>>) =>
  fc.tuple(requests, one(0, 1000, 1000, -1500)).map(([sent, passed]) => ({ ...sent, passed }))

const prelude: readonly Step[] = [
  { path: '/Users', body: { schemas: [urns.user], userName: 'ada', title: 'ada', externalId: 'x1' } },
  { path: '/Users', body: { schemas: [urns.user], userName: 'bob', displayName: 'b', emails: [{ value: 'ada' }] } },
  { path: '/Groups', body: { schemas: [urns.group], displayName: 'ada' } },
  { path: '/Groups', body: { schemas: [urns.group], displayName: 'bob' } },
].map((step) => ({ ...step, method: 'POST', passed: 0 }))

/** Reads that show all that a store holds, by every kind of statement. */
const finale: readonly Step[] = [
  ...ids
    .slice(0, 4)
    .flatMap((name) => [
      `/Users/${name}`,
      `/Groups/${name}`,
      `/Users?filter=groups.value eq "${name}"`,
      `/Groups?filter=members.value eq "${name}"`,
      `/Groups?filter=members[value eq "${name}" and type pr]`,
      `/?filter=id eq "${name}"`,
    ]),
  ...['userName eq "ada"', 'userName sw "a"', 'title eq "ada"', 'externalId eq "x1"', 'emails.value eq "ada"'].map(
    (text) => `/Users?filter=${text}`,
  ),
  ...['displayName eq "bob"', 'displayName sw "a"', 'meta.lastModified ge "2026-01-01T00:00:00Z"', 'members pr'].map(
    (text) => `/Groups?filter=${text}`,
  ),
  '/Users?filter=groups pr&sortBy=groups.display',
  '/Users',
  '/Groups?sortBy=members&sortOrder=descending',
].map((path) => ({ method: 'GET', path: encodeURI(path), passed: 0 }))

/** Sequences of requests that know each other's resources; all that there is is read in the end. */
export const arbitrarySteps: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.array(timed(creation), { maxLength: 4 }), fc.array(timed(request), { minLength: 1, maxLength: 20 }))
  .map(([creations, requests]) => [...prelude, ...creations, ...requests, ...finale])
