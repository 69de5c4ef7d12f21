import { ada, answer, enterprise, get, group, type ProtocolCase, refused, send, user } from './cases.js'

const create = (body: object) => send('POST', '/Users', { schemas: [user], userName: 'x@example.com', ...body })
const created = answer(201, { id: '{{string}}' })

/** Bodies: values, names, and what a create makes of them. */
export const bodyCases: readonly ProtocolCase[] = [
  {
    id: 'CN-3',
    title: 'a body without a type is taken for JSON',
    request: { ...create({}), headers: { 'Content-Type': '{{none}}' } },
    answers: { status: [201, 415] },
  },
  {
    id: 'CN-7',
    title: 'media types in any case',
    request: { ...create({}), headers: { 'Content-Type': 'Application/SCIM+JSON; Charset="UTF-8"' } },
    answers: created,
  },
  {
    id: 'JN-1',
    title: 'null, [] and absence are one state',
    request: create({ title: null, emails: [], name: null }),
    answers: answer(201, { title: '{{absent}}', emails: '{{absent}}', name: '{{absent}}' }),
  },
  {
    id: 'JN-2',
    title: 'an empty complex value is unassigned',
    request: create({ name: {} }),
    answers: answer(201, { name: '{{absent}}' }),
  },
  {
    id: 'JN-2 null',
    title: 'a complex value of nulls is unassigned',
    request: create({ name: { givenName: null } }),
    answers: answer(201, { name: '{{absent}}' }),
  },
  {
    id: 'JN-2 list',
    title: '[] is not a value of a singular attribute',
    request: create({ displayName: [] }),
    answers: refused('invalidValue'),
  },
  {
    id: 'JN-2 object',
    title: '{} is not a value of a list',
    request: create({ title: {} }),
    answers: refused('invalidValue'),
  },
  { id: 'JN-3', title: 'an empty text is kept', request: create({ title: '' }), answers: answer(201, { title: '' }) },
  {
    id: 'JN-3 required',
    title: 'but not for userName',
    request: create({ userName: '' }),
    answers: refused('invalidValue'),
  },
  {
    id: 'JN-4',
    title: 'a number is not a string',
    request: create({ displayName: 5 }),
    answers: refused('invalidValue'),
  },
  {
    id: 'JN-4 boolean',
    title: 'a number is not a boolean',
    request: create({ active: 7 }),
    answers: refused('invalidValue'),
  },
  {
    id: 'JN-4 binary',
    title: 'binary is base64',
    request: create({ x509Certificates: [{ value: 'no base64!' }] }),
    answers: refused('invalidValue'),
  },
  {
    id: 'JN-4 complex',
    title: 'a string is not a complex value',
    request: create({ name: 'Ada' }),
    answers: refused('invalidValue'),
  },
  {
    id: 'JN-4 element',
    title: 'a number is not an element',
    request: create({ emails: [5] }),
    answers: refused('invalidValue'),
  },
  {
    id: 'JN-6',
    title: 'two primaries are refused',
    request: create({
      emails: [
        { value: 'a@x', primary: true },
        { value: 'b@x', primary: true },
      ],
    }),
    answers: refused('invalidValue'),
  },
  {
    id: 'JN-10',
    title: 'the case of a userName is kept',
    request: create({ userName: 'CamelCase' }),
    answers: answer(201, { userName: 'CamelCase' }),
  },
  {
    id: 'JN-12',
    title: 'canonical values are open',
    request: create({ emails: [{ value: 'a@x', type: 'weekend' }] }),
    answers: answer(201, { emails: [{ value: 'a@x', type: 'weekend' }] }),
  },
  {
    id: 'JN-13',
    title: 'a list of two is not a text',
    request: create({ userName: ['x', 'y'] }),
    answers: refused('invalidValue'),
  },
  {
    id: 'UN-1',
    title: 'names in any case',
    request: send('POST', '/Users', { SCHEMAS: [user.toLowerCase()], USERNAME: 'x', Emails: [{ VALUE: 'a@x' }] }),
    answers: answer(201, { schemas: [user], userName: 'x', emails: [{ value: 'a@x' }] }),
  },
  {
    id: 'UN-1 twice',
    title: 'one name in two spellings is refused',
    request: create({ title: 'a', TITLE: 'b' }),
    answers: refused('invalidSyntax'),
  },
  {
    id: 'UN-5',
    title: 'an extension attribute by its short name in attributes',
    given: [ada],
    request: get('/Users/{{u1}}', { attributes: 'employeeNumber' }),
    answers: answer(200, { [enterprise]: { employeeNumber: '1815', department: '{{absent}}' } }),
  },
  {
    id: 'UN-7',
    title: 'an extension that schemas leaves out is added',
    request: create({ [enterprise]: { department: 'R' } }),
    answers: answer(201, { schemas: [user, enterprise], [enterprise]: { department: 'R' } }),
    strict: refused('invalidSyntax'),
  },
  {
    id: 'UN-9',
    title: 'an id is made by the server',
    request: create({ id: 'bulkId:1' }),
    answers: answer(201, { id: '{{string}}' }),
  },
  {
    id: 'CR-4',
    title: 'a taken userName is 409',
    given: [ada],
    request: create({ userName: 'ADA@EXAMPLE.COM' }),
    answers: { status: [409], scimType: 'uniqueness' },
  },
  {
    id: 'CR-5',
    title: 'a missing userName is refused',
    request: send('POST', '/Users', { schemas: [user] }),
    answers: refused('invalidValue'),
  },
  {
    id: 'CR-7',
    title: 'a password never comes back',
    request: create({ password: 'Secret-1' }),
    answers: answer(201, { password: '{{absent}}' }),
  },
  {
    id: 'CR-8 schemas',
    title: 'a body without schemas is refused in strict mode',
    request: send('POST', '/Users', { userName: 'x' }),
    answers: answer(201, { schemas: [user], userName: 'x' }),
    strict: refused('invalidSyntax'),
  },
  {
    id: 'CR-8 wrong',
    title: 'a body with another schema is refused',
    request: send('POST', '/Users', { schemas: [group], userName: 'x' }),
    answers: refused('invalidSyntax'),
  },
  {
    id: 'CR-8 array',
    title: 'a list is not a resource',
    request: send('POST', '/Users', []),
    answers: refused('invalidSyntax'),
  },
  {
    id: 'SC-6',
    title: '__proto__ in a body does no harm',
    request: create({ ['__proto__']: { admin: true }, constructor: { prototype: { admin: true } } }),
    answers: answer(201, { admin: '{{absent}}' }),
    strict: refused('invalidSyntax'),
  },
  {
    id: 'CR-member',
    title: 'a member that does not exist is refused',
    request: send('POST', '/Groups', { schemas: [group], displayName: 'G', members: [{ value: 'nobody' }] }),
    answers: refused('invalidValue'),
  },
]
