import {
  ada,
  adaIs,
  analysts,
  answer,
  charles,
  enterprise,
  get,
  group,
  type ProtocolCase,
  patch,
  patchOp,
  refused,
  send,
  user,
} from './cases.js'

const create = (body: object) => send('POST', '/Users', { schemas: [user], userName: 'x@example.com', ...body })
const put = (body: object) => send('PUT', '/Users/{{u1}}', { schemas: [user], userName: 'ada@example.com', ...body })
const ok = { status: [200, 204] }
const created = answer(201, { id: '{{string}}' })
const op = (name: string, path?: string, value?: unknown) => ({
  op: name,
  ...(path !== undefined && { path }),
  ...(value !== undefined && { value }),
})
const groupPatch = (...operations: readonly object[]) =>
  send('PATCH', '/Groups/{{g1}}', { schemas: [patchOp], Operations: operations })

/** PUT, DELETE, versions and uniqueness. */
export const replaceCases: readonly ProtocolCase[] = [
  {
    id: 'PU-2',
    title: 'what is left out is cleared',
    given: [ada],
    request: put({}),
    answers: answer(200, { id: '{{u1}}', title: '{{absent}}', emails: '{{absent}}', externalId: '{{absent}}' }),
  },
  {
    id: 'PU-3',
    title: 'null clears',
    given: [ada],
    request: put({ title: null }),
    answers: answer(200, { title: '{{absent}}' }),
  },
  {
    id: 'PU-5',
    title: 'readOnly values are ignored',
    given: [ada, analysts('{{u1}}')],
    request: put({ id: 'other', meta: { location: 'x' }, groups: [] }),
    answers: answer(200, { id: '{{u1}}', groups: [{ value: '{{g1}}' }], meta: { location: '{{base}}/Users/{{u1}}' } }),
  },
  {
    id: 'PU-6',
    title: 'a missing required attribute is refused',
    given: [ada],
    request: send('PUT', '/Users/{{u1}}', { schemas: [user], title: 'x' }),
    answers: refused('invalidValue'),
    after: adaIs({ title: 'Analyst' }),
  },
  {
    id: 'PU-8',
    title: 'a taken userName is 409',
    given: [ada, charles],
    request: put({ userName: 'Charles@example.com' }),
    answers: { status: [409], scimType: 'uniqueness' },
    after: adaIs({ userName: 'ada@example.com' }),
  },
  {
    id: 'PU-9',
    title: 'an extension that is left out goes, with its URN',
    given: [ada],
    request: put({}),
    answers: answer(200, { schemas: [user], [enterprise]: '{{absent}}' }),
  },
  {
    id: 'PU-10',
    title: 'members are replaced',
    given: [ada, charles, analysts('{{u1}}')],
    request: send('PUT', '/Groups/{{g1}}', {
      schemas: [group],
      displayName: 'A',
      members: [{ value: '{{u2}}', display: 'C' }],
    }),
    answers: answer(200, { members: [{ value: '{{u2}}', type: 'User' }] }),
  },
  {
    id: 'DE-1',
    title: 'a deleted id is 404 for everything',
    given: [ada],
    request: { method: 'DELETE', path: '/Users/{{u1}}' },
    answers: answer(204),
    after: [
      { request: { method: 'DELETE', path: '/Users/{{u1}}' }, answers: answer(404) },
      { request: put({}), answers: answer(404) },
      { request: patch(op('replace', 'title', 'x')), answers: answer(404) },
      {
        request: get('/Users', { filter: 'userName eq "ada@example.com"' }),
        answers: answer(200, { totalResults: 0 }),
      },
    ],
  },
  {
    id: 'DE-3',
    title: 'a delete on an old version is 412',
    given: [ada],
    request: { method: 'DELETE', path: '/Users/{{u1}}', headers: { 'If-Match': 'W/"77"' } },
    answers: answer(412),
    after: adaIs({ id: '{{u1}}' }),
  },
  {
    id: 'DE-4',
    title: 'a deleted user leaves its groups',
    given: [ada, charles, analysts('{{u1}}', '{{u2}}')],
    request: { method: 'DELETE', path: '/Users/{{u1}}' },
    answers: answer(204),
    after: [{ request: get('/Groups/{{g1}}'), answers: answer(200, { members: [{ value: '{{u2}}' }] }) }],
  },
  {
    id: 'ET-4',
    title: 'If-Match: * is any version',
    given: [ada],
    request: { ...patch(op('replace', 'title', 'x')), headers: { 'If-Match': '*' } },
    answers: ok,
  },
  {
    id: 'ET-4 strong',
    title: 'the weak mark does not matter',
    given: [{ ...ada, capture: { version: { header: 'ETag' } } }],
    request: { ...patch(op('replace', 'title', 'x')), headers: { 'If-Match': '"nope", {{version}}' } },
    answers: ok,
  },
  {
    id: 'ET-7',
    title: 'a membership change is a new version',
    given: [ada, { ...analysts(), capture: { version: { header: 'ETag' } } }],
    request: groupPatch(op('add', 'members', [{ value: '{{u1}}' }])),
    answers: ok,
    after: [
      { request: { ...get('/Groups/{{g1}}'), headers: { 'If-None-Match': '{{version}}' } }, answers: answer(200) },
    ],
  },
  {
    id: 'ET-9',
    title: 'a write answers the new version',
    given: [ada],
    request: patch(op('replace', 'title', 'x')),
    answers: { status: [200, 204], headers: { ETag: '{{etag}}' } },
  },
  {
    id: 'UQ-4',
    title: 'an own value does not collide',
    given: [ada],
    request: put({ userName: 'ADA@example.com' }),
    answers: answer(200, { userName: 'ADA@example.com' }),
  },
  {
    id: 'UQ-5',
    title: 'an externalId may occur twice',
    given: [ada],
    request: create({ externalId: 'HR-1815' }),
    answers: created,
  },
]
