import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import {
  bulkRequestSchema,
  groupSchemas,
  listResponseSchema,
  patchOpSchema,
  searchRequestSchema,
  urns,
} from '../index.js'

interface Case {
  readonly name: string
  readonly given: unknown
  /** Paths of the issues, or what comes out. */
  readonly want: { readonly issues: readonly string[] } | { readonly value: unknown }
}

function judge(schema: z.ZodType, given: unknown): Case['want'] {
  const result = schema.safeParse(given)
  return result.success ? { value: result.data } : { issues: result.error.issues.map(({ path }) => path.join('.')) }
}

const sound = (given: unknown) => ({ given, want: { value: given } })

describe('patchOpSchema', () => {
  const schemas = [urns.patchOp]
  const cases: Case[] = [
    {
      name: 'takes the three operations',
      ...sound({
        schemas,
        Operations: [
          { op: 'add', value: { nickName: 'Babs' } },
          { op: 'replace', path: 'active', value: false },
          { op: 'remove', path: 'emails[type eq "work"]' },
        ],
      }),
    },
    {
      name: 'keeps null as a value',
      ...sound({ schemas, Operations: [{ op: 'replace', path: 'title', value: null }] }),
    },
    {
      name: 'demands its URN',
      given: { schemas: [urns.user], Operations: [{ op: 'remove', path: 'a' }] },
      want: { issues: ['schemas'] },
    },
    { name: 'demands schemas', given: { Operations: [{ op: 'remove', path: 'a' }] }, want: { issues: ['schemas'] } },
    { name: 'demands an operation', given: { schemas, Operations: [] }, want: { issues: ['Operations'] } },
    {
      name: 'knows no other op',
      given: { schemas, Operations: [{ op: 'Add', value: {} }] },
      want: { issues: ['Operations.0.op'] },
    },
    {
      name: 'demands a path for remove',
      given: { schemas, Operations: [{ op: 'remove' }] },
      want: { issues: ['Operations.0.path'] },
    },
    {
      name: 'demands a value for add',
      given: { schemas, Operations: [{ op: 'add', path: 'a' }] },
      want: { issues: ['Operations.0.value'] },
    },
    { name: 'refuses what is not an object', given: [], want: { issues: [''] } },
  ]
  it.each(cases)('$name', ({ given, want }) => expect(judge(patchOpSchema, given)).toEqual(want))
})

describe('searchRequestSchema', () => {
  const schemas = [urns.searchRequest]
  const cases: Case[] = [
    {
      name: 'takes every member',
      ...sound({
        schemas,
        attributes: ['userName'],
        excludedAttributes: ['emails'],
        filter: 'userName pr',
        sortBy: 'userName',
        sortOrder: 'descending',
        startIndex: 1,
        count: 0,
        cursor: '',
      }),
    },
    {
      name: 'takes names as one text',
      given: { schemas, attributes: 'userName, emails.value ,' },
      want: { value: { schemas, attributes: ['userName', 'emails.value'] } },
    },
    { name: 'takes its URN in any case', ...sound({ schemas: [urns.searchRequest.toUpperCase()] }) },
    { name: 'demands its URN', given: { schemas: [] }, want: { issues: ['schemas'] } },
    {
      name: 'demands whole numbers',
      given: { schemas, count: 1.5, startIndex: 'a' },
      want: { issues: ['startIndex', 'count'] },
    },
    {
      name: 'takes numbers as text',
      given: { schemas, count: '-1', startIndex: '12' },
      want: { value: { schemas, count: -1, startIndex: 12 } },
    },
    { name: 'drops unknown members', given: { schemas, foo: 1 }, want: { value: { schemas } } },
  ]
  it.each(cases)('$name', ({ given, want }) => expect(judge(searchRequestSchema, given)).toEqual(want))
})

describe('bulkRequestSchema', () => {
  const schemas = [urns.bulkRequest]
  const cases: Case[] = [
    {
      name: 'takes every method',
      ...sound({
        schemas,
        failOnErrors: 1,
        Operations: [
          { method: 'POST', bulkId: 'a', path: '/Users', data: { userName: 'ada' } },
          { method: 'PUT', path: '/Users/1', version: 'W/"1"', data: {} },
          { method: 'PATCH', path: '/Users/1', data: {} },
          { method: 'DELETE', path: '/Users/1' },
        ],
      }),
    },
    {
      name: 'names the operation at fault',
      given: {
        schemas,
        Operations: [
          { method: 'DELETE', path: '/Users/1' },
          { method: 'POST', path: '/Users', data: {} },
          { method: 'GET', path: 'Users' },
        ],
      },
      want: { issues: ['Operations.1.bulkId', 'Operations.2.method', 'Operations.2.path'] },
    },
    {
      name: 'demands data',
      given: { schemas, Operations: [{ method: 'PUT', path: '/Users/1' }] },
      want: { issues: ['Operations.0.data'] },
    },
    {
      name: 'refuses a bulkId that is there twice',
      given: {
        schemas,
        Operations: [
          { method: 'POST', bulkId: 'a', path: '/Users', data: {} },
          { method: 'POST', bulkId: 'a', path: '/Users', data: {} },
        ],
      },
      want: { issues: ['Operations.1.bulkId'] },
    },
    { name: 'demands Operations', given: { schemas }, want: { issues: ['Operations'] } },
  ]
  it.each(cases)('$name', ({ given, want }) => expect(judge(bulkRequestSchema, given)).toEqual(want))
})

describe('listResponseSchema', () => {
  const schemas = [urns.listResponse]
  const group = { schemas: [urns.group], id: '1', displayName: 'Tour Guides' }
  const cases: Case[] = [
    {
      name: 'takes a page',
      ...sound({ schemas, totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [group] }),
    },
    {
      name: 'takes a page by cursor',
      ...sound({ schemas, itemsPerPage: 0, nextCursor: 'a', previousCursor: 'b', Resources: [] }),
    },
    {
      name: 'takes null for what is left out',
      given: { schemas, totalResults: 0, id: null, meta: null, Resources: null },
      want: { value: { schemas, totalResults: 0 } },
    },
    {
      name: 'checks each resource',
      given: { schemas, totalResults: 2, Resources: [group, { ...group, id: null }] },
      want: { issues: ['Resources.1.id'] },
    },
    { name: 'demands its URN', given: { schemas: [urns.error], totalResults: 0 }, want: { issues: ['schemas'] } },
    { name: 'demands numbers', given: { schemas, totalResults: '1' }, want: { issues: ['totalResults'] } },
  ]
  it.each(cases)('$name', ({ given, want }) =>
    expect(judge(listResponseSchema(groupSchemas.resource), given)).toEqual(want),
  )
})
