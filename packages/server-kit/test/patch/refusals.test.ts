import { urns } from '@scimkit/core/schema'
import { type ApplyPatchOptions, parsePatchOp } from '@scimkit/server-kit/patch'
import { describe, expect, it } from 'vitest'
import { acme, ada, enterprise, patch, user } from './definitions.js'

interface Refusal {
  readonly given: object
  readonly want: string
  readonly compatibility?: 'strict' | 'interop'
  readonly resource?: object
}

const seated = { ...ada, [acme]: { badgeNumber: 7, office: { building: 'B1', desk: '4' } } }

const refusals: readonly Refusal[] = [
  { given: { op: 'replace', path: 'id', value: 'u9' }, want: 'id is readOnly; leave it out' },
  { given: { op: 'remove', path: 'userName' }, want: 'userName is required and cannot be removed' },
  {
    given: { op: 'replace', path: `${acme}:badgeNumber`, value: 8 },
    resource: seated,
    want: `${acme}:badgeNumber is immutable and has a value; leave it as it is`,
  },
  {
    given: { op: 'replace', path: `${acme}:office`, value: { desk: '5' } },
    resource: seated,
    want: `${acme}:office.desk is immutable and has a value; leave it as it is`,
  },
  {
    given: { op: 'replace', path: `${acme}:office`, value: { building: null } },
    resource: seated,
    want: `${acme}:office.building is required and cannot be removed`,
  },
  {
    given: { op: 'remove', path: acme },
    resource: seated,
    want: `${acme}:badgeNumber is immutable and has a value; leave it as it is`,
  },
  { given: { op: 'replace', path: 'title', value: 5 }, want: 'title must be a string' },
  { given: { op: 'replace', path: 'userName', value: '' }, want: 'userName is required and cannot be empty' },
  { given: { op: 'replace', path: `${acme}:site`, value: 'a b' }, want: `${acme}:site must be a URI` },
  { given: { op: 'replace', path: 'active', value: 'yes' }, want: 'active must be true or false' },
  {
    given: { op: 'replace', path: `${acme}:office.floor`, value: 1.5 },
    want: `${acme}:office.floor must be a whole number`,
  },
  { given: { op: 'replace', path: `${acme}:costShare`, value: 'x' }, want: `${acme}:costShare must be a number` },
  {
    given: { op: 'replace', path: `${acme}:hiredAt`, value: 'today' },
    want: `${acme}:hiredAt must be a date and time such as 2026-01-31T08:00:00Z`,
  },
  { given: { op: 'replace', path: `${acme}:seal`, value: '!' }, want: `${acme}:seal must be a base64 string` },
  { given: { op: 'replace', path: 'name', value: 'Ada' }, want: 'name must be an object' },
  {
    given: { op: 'replace', path: 'emails', value: { value: 'x' } },
    compatibility: 'strict',
    want: 'emails must be a list',
  },
  {
    given: { op: 'replace', path: 'name', value: { givenName: 'a', GIVENNAME: 'b' } },
    want: 'name.givenName is given twice',
  },
  { given: { op: 'add', path: 'colour', value: 'red' }, want: 'colour is not an attribute of User' },
  {
    given: { op: 'add', path: 'name', value: { colour: 'red' } },
    compatibility: 'strict',
    want: 'name.colour is not an attribute of the resource; leave it out',
  },
  {
    given: { op: 'add', path: 'name[givenName pr]', value: {} },
    want: 'name[…]: only a multi-valued attribute can have a filter in brackets',
  },
  {
    given: { op: 'add', path: 'emails[colour pr]', value: {} },
    want: 'emails[…]: colour is not a sub-attribute of emails',
  },
  {
    given: { op: 'add', value: { 'name.givenName': 'x' } },
    compatibility: 'strict',
    want: 'name.givenName is a path, which a value without path cannot hold as a name',
  },
  {
    given: { op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' },
    compatibility: 'strict',
    want: 'emails[…].value selects no element',
  },
  {
    given: { op: 'remove', path: 'emails[type eq "fax"]' },
    compatibility: 'strict',
    want: 'emails[…] selects no element',
  },
  {
    given: { op: 'remove', path: 'emails[type eq "work"]' },
    compatibility: 'interop',
    want: 'emails[…] must end in a sub-attribute',
  },
  {
    given: { op: 'replace', path: 'emails[value pr].display', value: 'x' },
    compatibility: 'interop',
    want: 'emails[…].display selects several elements; select one',
  },
  {
    given: { op: 'replace', path: 'schemas', value: [enterprise] },
    want: 'schemas must hold urn:ietf:params:scim:schemas:core:2.0:User',
  },
  {
    given: { op: 'add', path: 'schemas', value: ['urn:example:x'] },
    compatibility: 'strict',
    want: 'schemas holds a URI that is not a schema of User',
  },
  { given: { op: 'move' }, want: 'op must be add, remove or replace' },
  { given: { op: 'remove' }, want: 'remove needs a path; name the attribute to remove' },
  { given: { op: 'add', path: 'title' }, want: 'add needs a value' },
  { given: { op: 'replace', path: 'title' }, want: 'replace needs a value' },
  { given: { op: 'replace', path: 5, value: 'x' }, want: 'path must be a string' },
  { given: { op: 'add', value: 'x' }, want: 'add without a path needs an object as its value' },
  { given: { op: 'add', value: {} }, compatibility: 'interop', want: 'add needs a path' },
]

describe('a refusal says where and why', () => {
  it.each(refusals)('$want', ({ given, want, compatibility, resource = ada }) => {
    let detail = 'accepted'
    try {
      patch(user, resource, [given], compatibility)
    } catch (error) {
      detail = (error as Error).message // a ScimError, as every other test of refusals checks
    }
    expect(detail).toBe(want)
  })
})

describe('a refusal of a message says what is wrong', () => {
  const pathless = { base: 'interop', rules: { pathlessOperations: true } } as const
  const operation = { op: 'add', value: { title: 'x' } }
  const remove = { op: 'remove', path: 'title' }
  const messages: readonly { body: unknown; compatibility?: ApplyPatchOptions['compatibility']; want: string }[] = [
    { body: 'add', want: 'The body must be a PatchOp message' },
    { body: { schemas: [urns.patchOp] }, want: 'Operations must be a list of operations' },
    {
      body: { schemas: [], Operations: [] },
      compatibility: 'strict',
      want: `schemas must be a list that holds ${urns.patchOp}`,
    },
    {
      body: { schemas: [urns.patchOp], Operations: [] },
      compatibility: 'strict',
      want: 'Operations must hold at least one operation',
    },
    { body: ['add'], want: 'An operation must be an object with op, path and value' },
    {
      body: { schemas: [urns.patchOp], Operations: [remove, remove] },
      compatibility: 'interop',
      want: 'title has several operations; send one for each path',
    },
    {
      body: { schemas: [urns.patchOp], Operations: [operation, operation] },
      compatibility: pathless,
      want: 'the whole resource has several operations; send one for each path',
    },
  ]
  it.each(messages)('$want', ({ body, compatibility, want }) => {
    let detail = 'accepted'
    try {
      parsePatchOp(body, compatibility)
    } catch (error) {
      detail = (error as Error).message // a ScimError, as every other test of refusals checks
    }
    expect(detail).toBe(want)
  })
})
