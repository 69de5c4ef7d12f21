import { enterpriseUser, userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import type { StoredResource } from '../store/resource-store.js'
import { describeMembers, describeReplace } from './describe-change.js'

const definition = userResource.extend(enterpriseUser)
const urn = enterpriseUser.urn
const time = '2026-01-01T00:00:00.000Z'

function resource(attributes: object, version = '1'): StoredResource {
  const meta = { resourceType: 'User', created: time, lastModified: time, version }
  return { id: 'ada', schemas: [], meta, ...attributes }
}

describe('describeReplace', () => {
  it.each([
    { name: 'nothing beyond meta', given: {}, want: {}, changes: [] },
    { name: 'an attribute', given: { title: 'a' }, want: { title: 'b' }, changes: ['update title'] },
    {
      name: 'one that came and one that went',
      given: { title: 'a' },
      want: { nickName: 'b' },
      changes: ['update title,nickName'],
    },
    {
      name: 'an attribute of an extension',
      given: { [urn]: { department: 'a', division: 'x' } },
      want: { [urn]: { department: 'b', division: 'x' } },
      changes: [`update ${urn}:department`],
    },
    {
      name: 'a whole extension',
      given: { [urn]: { department: 'a' } },
      want: {},
      changes: [`update ${urn}:department`],
    },
    { name: 'active alone', given: { active: true }, want: { active: false }, changes: ['deactivate'] },
    { name: 'active for the first time', given: {}, want: { active: true }, changes: ['activate'] },
    { name: 'active that goes', given: { active: false }, want: {}, changes: ['update active'] },
    {
      name: 'active beside another attribute',
      given: { active: true, title: 'a' },
      want: { active: false, title: 'b' },
      changes: ['update title', 'deactivate'],
    },
    {
      name: 'members inside the document',
      given: { members: [{ value: '1' }, { value: '2' }] },
      want: { members: [{ value: '2' }, { value: '3' }] },
      changes: ['leave 1', 'join 3'],
    },
    {
      name: 'a member that only gets a display',
      given: { members: [{ value: '1' }] },
      want: { members: [{ value: '1', display: 'x' }] },
      changes: ['update members'],
    },
  ])('describes $name', ({ given, want, changes }) => {
    const found = describeReplace(definition, {
      before: resource(given),
      after: resource(want, '2'),
      hasPassword: false,
    })
    expect(found.map(brief)).toEqual(changes)
  })

  it('names a password, which neither state shows', () => {
    const state = resource({})
    expect(describeReplace(definition, { before: state, after: state, hasPassword: true }).map(brief)).toEqual([
      'update password',
    ])
  })
})

describe('describeMembers', () => {
  it('ignores what is not a list of objects with an id', () => {
    const members = [{ value: '1' }, { value: 2 }, 'x', null, { value: '1' }]
    expect(describeMembers(undefined, resource({ members })).map(brief)).toEqual(['join 1'])
    expect(describeMembers(resource({ members: 'x' }), resource({}))).toEqual([])
  })
})

function brief(change: ReturnType<typeof describeMembers>[number]): string {
  if (change.kind === 'update') return `update ${change.changed.join()}`
  return change.kind === 'join' || change.kind === 'leave' ? `${change.kind} ${change.member.value}` : change.kind
}
