import { ada, answer, found, get, group, listResponse, type ProtocolCase, patchOp, send, user } from './cases.js'

/** Endpoints: paths, discovery, credentials, media types. */
export const endpointCases: readonly ProtocolCase[] = [
  {
    id: 'EP-8',
    title: 'unknown query parameters are ignored',
    given: [ada],
    request: get('/Users?colour=red'),
    answers: found('u1'),
  },
  {
    id: 'EP-12',
    title: 'a segment is percent-decoded before it is compared',
    given: [ada],
    request: get('/%55sers/{{u1}}'),
    answers: answer(200, { id: '{{u1}}' }),
  },
  {
    id: 'EP-12 broken',
    title: 'a broken encoding is refused',
    request: get('/Users/%zz'),
    answers: { status: [400, 404] },
  },
  {
    id: 'EP-12 NUL',
    title: 'a NUL in a segment is refused',
    request: get('/Users/a%00b'),
    answers: { status: [400, 404] },
  },
  {
    id: 'EP-12 slash',
    title: 'a slash in a segment is refused',
    request: get('/Users/a%2Fb'),
    answers: { status: [400, 404] },
  },
  {
    id: 'EP-3',
    title: 'a wrong method on a known path is 405 or 501',
    request: send('PUT', '/Users', {}),
    answers: { status: [405, 501] },
  },
  {
    id: 'DI-1',
    title: 'a resource type by its name',
    request: get('/ResourceTypes/User'),
    answers: answer(200, { id: 'User', name: 'User', endpoint: '/Users', schema: user }),
  },
  {
    id: 'DI-2',
    title: 'paging of discovery is ignored',
    request: get('/Schemas', { count: '1', startIndex: '2' }),
    answers: answer(200, { itemsPerPage: '{{integer}}', Resources: { '{{contains}}': [{ id: user }, { id: group }] } }),
  },
  {
    id: 'DI-4',
    title: 'the configuration is open',
    request: { ...get('/ServiceProviderConfig'), headers: { Authorization: '{{none}}' } },
    answers: answer(200, { authenticationSchemes: '{{any}}' }),
  },
  {
    id: 'DI-5',
    title: 'a schema by its URN in any case',
    request: get(`/Schemas/${user.toUpperCase()}`),
    answers: answer(200, { id: user }),
  },
  { id: 'DI-5 unknown', title: 'an unknown schema', request: get('/Schemas/urn:example:none'), answers: answer(404) },
  {
    id: 'DI-5 message',
    title: 'messages are no schemas (EP-9)',
    request: get(`/Schemas/${patchOp}`),
    answers: answer(404),
  },
  {
    id: 'DI-6',
    title: 'documents carry schemas and meta',
    request: get('/ResourceTypes'),
    answers: answer(200, {
      schemas: [listResponse],
      Resources: {
        '{{contains}}': [
          { schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'], meta: { resourceType: 'ResourceType' } },
        ],
      },
    }),
  },
  {
    id: 'DI-8',
    title: 'documents cannot be written',
    request: send('POST', '/Schemas', { schemas: [user] }),
    answers: { status: [405, 501] },
  },
  {
    id: 'ET-3',
    title: 'If-None-Match of another version',
    given: [ada],
    request: { ...get('/Users/{{u1}}'), headers: { 'If-None-Match': 'W/"999"' } },
    answers: answer(200, { id: '{{u1}}' }),
  },
  {
    id: 'ET-3 star',
    title: 'If-None-Match of any version',
    given: [ada],
    request: { ...get('/Users/{{u1}}'), headers: { 'If-None-Match': '*' } },
    answers: answer(304),
  },
  { id: 'ME-1', title: '/Me', request: get('/Me'), answers: { status: [200, 308, 404, 501] } },
  {
    id: 'BU',
    title: '/Bulk',
    request: send('POST', '/Bulk', { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: [] }),
    answers: { status: [200, 400, 501], body: '{{any}}' },
  },
  {
    id: 'SC-10',
    title: 'a token in the query is none',
    request: { ...get('/Users?access_token=conformance-token-0001'), headers: { Authorization: '{{none}}' } },
    answers: answer(401),
  },
  {
    id: 'SC-10 scheme',
    title: 'the scheme in any case',
    request: { ...get('/Users'), headers: { Authorization: 'bEaReR conformance-token-0001' } },
    answers: answer(200),
  },
  {
    id: 'SC-10 two',
    title: 'two tokens in one header are refused',
    request: { ...get('/Users'), headers: { Authorization: 'Bearer conformance-token-0001, Bearer other' } },
    answers: answer(401),
  },
  {
    id: 'SC-10 prefix',
    title: 'the token is compared whole',
    request: { ...get('/Users'), headers: { Authorization: 'Bearer conformance-token-00011' } },
    answers: answer(401),
  },
  {
    id: 'SC-10 first',
    title: 'credentials come before everything else',
    request: { ...send('POST', '/Users', '{'), headers: { Authorization: '{{none}}' } },
    answers: answer(401),
  },
  {
    id: 'CN-2',
    title: 'application/json is accepted',
    given: [ada],
    request: { ...get('/Users/{{u1}}'), headers: { Accept: 'application/json' } },
    answers: answer(200, { id: '{{u1}}' }),
  },
  {
    id: 'CN-4',
    title: 'an odd Accept is answered anyway',
    given: [ada],
    request: { ...get('/Users/{{u1}}'), headers: { Accept: 'text/html, image/png;q=0.2' } },
    answers: answer(200, { id: '{{u1}}' }),
  },
]
