import { type CompatibilityRule, urns } from '@scimkit/core/schema'
import { type Note, parsePatchOp } from '@scimkit/server-kit/patch'
import { describe, expect, it } from 'vitest'
import { ada, enterprise, group, patch, refusal, sales, user } from './definitions.js'

interface Request {
  readonly name: string
  readonly body: unknown
  /** What of the resource is compared. */
  readonly want: object
  readonly rules: readonly CompatibilityRule[]
  readonly strict: string
}

const message = (...Operations: readonly object[]) => ({ schemas: [urns.patchOp], Operations })

function read(definition: typeof user, resource: object, body: unknown) {
  const notes: Note[] = []
  const operations = parsePatchOp(body, 'lenient', (note) => notes.push(note))
  const patched = patch(definition, resource, operations)
  return { resource: patched.resource, rules: [...notes, ...patched.notes].map((note) => note.rule) }
}

const strictly = (definition: typeof user, resource: object, body: unknown) =>
  refusal(() => patch(definition, resource, parsePatchOp(body, 'strict'), 'strict'))

const users: readonly Request[] = [
  {
    name: 'E5 Entra: single attributes with capitalised ops',
    body: message(
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ada.l@example.com' },
      { op: 'Replace', path: 'name.familyName', value: 'King' },
    ),
    want: {
      emails: [
        { value: 'ada.l@example.com', type: 'work', primary: true },
        { value: 'ada@home.example', type: 'home' },
      ],
      name: { formatted: 'Ada Lovelace', familyName: 'King', givenName: 'Ada' },
    },
    rules: ['opCaseInsensitive', 'opCaseInsensitive'],
    strict: 'invalidSyntax',
  },
  {
    name: 'E6 Entra: add through a filter to an empty list',
    body: message({ op: 'add', path: 'phoneNumbers[type eq "work"].value', value: '+1 555 0100' }),
    want: { phoneNumbers: [{ type: 'work', value: '+1 555 0100' }] },
    rules: ['createOnUnmatchedFilter'],
    strict: 'noTarget',
  },
  {
    name: 'E6 Entra: replace in the same situation',
    body: message({ op: 'replace', path: 'phoneNumbers[type eq "work"].value', value: '+1 555 0100' }),
    want: { phoneNumbers: [{ type: 'work', value: '+1 555 0100' }] },
    rules: ['createOnUnmatchedFilter'],
    strict: 'noTarget',
  },
  {
    name: 'E7 Entra: userName',
    body: message({ op: 'Replace', path: 'userName', value: 'ada.king@example.com' }),
    want: { userName: 'ada.king@example.com' },
    rules: ['opCaseInsensitive'],
    strict: 'invalidSyntax',
  },
  {
    name: 'E8 Entra: disable by a string',
    body: message({ op: 'replace', path: 'active', value: 'False' }),
    want: { active: false },
    rules: ['stringBooleans'],
    strict: 'invalidValue',
  },
  {
    name: 'E9 Entra: disable by a boolean',
    body: message({ op: 'replace', path: 'active', value: false }),
    want: { active: false },
    rules: [],
    strict: 'accepted',
  },
  {
    name: 'E11 Entra: merged replace with dotted and qualified keys',
    body: message(
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada.k@example.com' },
      {
        op: 'replace',
        value: {
          displayName: 'Ada K',
          'name.givenName': 'Augusta',
          'name.familyName': 'King',
          [`${enterprise}:employeeNumber`]: '4711',
        },
      },
    ),
    want: {
      displayName: 'Ada K',
      name: { formatted: 'Ada Lovelace', familyName: 'King', givenName: 'Augusta' },
      [enterprise]: { department: 'Engines', manager: { value: 'u2', displayName: 'Charles' }, employeeNumber: '4711' },
    },
    rules: ['dottedKeys', 'dottedKeys', 'dottedKeys'],
    strict: 'invalidPath',
  },
  {
    name: 'E12 Entra: replaces by primary, several on one element',
    body: message(
      { op: 'Replace', path: 'emails[primary eq true].value', value: 'ada.k@example.com' },
      { op: 'Replace', path: 'addresses[primary eq true].locality', value: 'London' },
      { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'admin' },
      { op: 'Replace', path: 'roles[primary eq "True"].display', value: 'Administrator' },
    ),
    want: {
      emails: [
        { value: 'ada.k@example.com', type: 'work', primary: true },
        { value: 'ada@home.example', type: 'home' },
      ],
      addresses: [{ primary: true, locality: 'London' }],
      roles: [{ primary: true, value: 'admin', display: 'Administrator' }],
    },
    rules: [
      'opCaseInsensitive',
      'opCaseInsensitive',
      'opCaseInsensitive',
      'opCaseInsensitive',
      'createOnUnmatchedFilter',
      'stringBooleans',
      'createOnUnmatchedFilter',
      'stringBooleans',
    ],
    strict: 'invalidSyntax',
  },
  {
    name: 'E13 Entra: lists of one for singular attributes',
    body: message(
      { op: 'replace', path: 'displayName', value: ['Ada K'] },
      { op: 'replace', path: `${enterprise}:employeeNumber`, value: ['4711'] },
    ),
    want: { displayName: 'Ada K' },
    rules: ['unwrapSingleElement', 'unwrapSingleElement'],
    strict: 'invalidValue',
  },
  {
    name: 'E14 Entra: manager by a string',
    body: message({ op: 'Add', path: `${enterprise}:manager`, value: 'u9' }),
    want: { [enterprise]: { department: 'Engines', manager: { value: 'u9', displayName: 'Charles' } } },
    rules: ['opCaseInsensitive', 'complexFromString'],
    strict: 'invalidSyntax',
  },
  {
    name: 'E14 Entra: manager in a list, without URN',
    body: message({
      op: 'replace',
      path: 'manager',
      value: [{ $ref: 'https://app.example.com/scim/v2/Users/u9', value: 'u9' }],
    }),
    want: {
      [enterprise]: {
        department: 'Engines',
        manager: { value: 'u9', displayName: 'Charles', $ref: 'https://app.example.com/scim/v2/Users/u9' },
      },
    },
    rules: ['unwrapSingleElement'],
    strict: 'invalidValue',
  },
  {
    name: 'E15 Entra: manager cleared by an empty string',
    body: message({ op: 'replace', path: `${enterprise}:manager`, value: '' }),
    want: { [enterprise]: { department: 'Engines' } },
    rules: ['emptyStringUnassigns'],
    strict: 'invalidValue',
  },
  {
    name: 'E17 Entra: app roles as embedded JSON are kept as they are',
    body: message({
      op: 'Add',
      path: 'roles',
      value: [{ value: '{"id":"r1","value":"Admin","displayName":"Admin"}' }],
    }),
    want: { roles: [{ value: '{"id":"r1","value":"Admin","displayName":"Admin"}' }] },
    rules: ['opCaseInsensitive'],
    strict: 'invalidSyntax',
  },
  {
    name: 'E25 Entra: no operations',
    body: message(),
    want: ada,
    rules: ['emptyOperations'],
    strict: 'invalidSyntax',
  },
  {
    name: 'O6 Okta: deactivation without a path',
    body: message({ op: 'replace', value: { active: false } }),
    want: { active: false },
    rules: [],
    strict: 'accepted',
  },
  {
    name: 'O6 Okta: recorded without schemas',
    body: { Operations: [{ op: 'replace', value: { active: false } }] },
    want: { active: false },
    rules: ['patchWithoutSchemas'],
    strict: 'invalidSyntax',
  },
  {
    name: 'O7 Okta: password sync',
    body: message({ op: 'replace', value: { password: 'N3w!' } }),
    want: { password: 'N3w!' },
    rules: [],
    strict: 'accepted',
  },
  {
    name: 'PA-1: members of the message in another case',
    body: { Schemas: [urns.patchOp], operations: [{ Op: 'replace', Path: 'title', VALUE: 'Countess' }] },
    want: { title: 'Countess' },
    rules: ['messageKeyCase', 'messageKeyCase', 'messageKeyCase', 'messageKeyCase', 'messageKeyCase'],
    strict: 'invalidValue',
  },
  {
    name: 'BU-12: the operations alone',
    body: [{ op: 'replace', path: 'title', value: 'Countess' }],
    want: { title: 'Countess' },
    rules: ['bareOperations'],
    strict: 'invalidSyntax',
  },
]

const groups: readonly Request[] = [
  {
    name: 'E21 Entra: rename',
    body: message({ op: 'Replace', path: 'displayName', value: 'Sales EU' }),
    want: { displayName: 'Sales EU' },
    rules: ['opCaseInsensitive'],
    strict: 'invalidSyntax',
  },
  {
    name: 'E22 Entra: member add with $ref null',
    body: message({ op: 'Add', path: 'members', value: [{ $ref: null, value: 'u3' }] }),
    want: { members: [...(sales.members as object[]), { value: 'u3' }] },
    rules: ['opCaseInsensitive'],
    strict: 'invalidSyntax',
  },
  {
    name: 'E23 Entra: member remove by value',
    body: message({ op: 'Remove', path: 'members', value: [{ $ref: null, value: 'u1' }] }),
    want: { members: [{ value: 'u2', type: 'User' }] },
    rules: ['opCaseInsensitive', 'removeByValue'],
    strict: 'invalidSyntax',
  },
  {
    name: 'E24 Entra: member remove by filter',
    body: message({ op: 'remove', path: 'members[value eq "u1"]' }),
    want: { members: [{ value: 'u2', type: 'User' }] },
    rules: [],
    strict: 'accepted',
  },
  {
    name: 'O11 Okta: rename that repeats the id',
    body: message({ op: 'replace', value: { id: 'g1', displayName: 'Sales EU' } }),
    want: { id: 'g1', displayName: 'Sales EU' },
    rules: ['unchangedReadOnly'],
    strict: 'mutability',
  },
  {
    name: 'O12 Okta: membership delta',
    body: message(
      { op: 'remove', path: 'members[value eq "u1"]' },
      { op: 'add', path: 'members', value: [{ value: 'u3', display: 'grace@example.com' }] },
    ),
    want: {
      members: [
        { value: 'u2', type: 'User' },
        { value: 'u3', display: 'grace@example.com' },
      ],
    },
    rules: [],
    strict: 'accepted',
  },
  {
    name: 'O13 Okta: full push',
    body: message({
      op: 'replace',
      path: 'members',
      value: [
        { value: 'u1', display: 'x' },
        { value: 'u4', display: 'y' },
      ],
    }),
    want: {
      members: [
        { value: 'u1', type: 'User', display: 'Ada' },
        { value: 'u4', display: 'y' },
      ],
    },
    rules: [],
    strict: 'accepted',
  },
  {
    name: 'J3 JumpCloud: member remove by value',
    body: message({ op: 'remove', path: 'members', value: [{ value: 'u1' }] }),
    want: { members: [{ value: 'u2', type: 'User' }] },
    rules: ['removeByValue'],
    strict: 'accepted',
  },
]

describe.each([
  { type: 'users', definition: user, resource: ada, requests: users },
  { type: 'groups', definition: group, resource: sales, requests: groups },
])('what identity providers send for $type', ({ definition, resource, requests }) => {
  it.each(requests)('$name', ({ body, want, rules }) => {
    const patched = read(definition, resource, body)
    expect(patched.resource).toMatchObject(want)
    expect(patched.rules).toEqual(rules)
    expect(Object.keys(patched.resource)).toEqual(expect.arrayContaining(Object.keys(resource)))
  })

  it.each(requests)('$name, read to the letter: $strict', ({ body, strict }) => {
    expect(strictly(definition, resource, body)).toBe(strict)
  })
})
