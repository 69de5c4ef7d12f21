import { urns } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { acme, ada, enterprise, group, patch, refusal, sales, user } from '../../test/patch/definitions.js'
import { parsePatchOp } from '../patch.js'

type Operations = readonly unknown[]

const changed = (operations: Operations, resource: object = ada) => patch(user, resource, operations).resource
const refused = (operations: Operations, resource: object = ada) => refusal(() => patch(user, resource, operations))

describe('PA-1: the envelope', () => {
  const message = (rest: object) => ({
    schemas: [urns.patchOp],
    Operations: [{ op: 'remove', path: 'title' }],
    ...rest,
  })
  const cases: { name: string; given: unknown; want: string }[] = [
    { name: 'a PatchOp message is accepted', given: message({}), want: 'accepted' },
    { name: 'its URN may have any case', given: message({ schemas: [urns.patchOp.toUpperCase()] }), want: 'accepted' },
    { name: 'another URN is refused', given: message({ schemas: [urns.bulkRequest] }), want: 'invalidSyntax' },
    { name: 'schemas as a string is refused', given: message({ schemas: urns.patchOp }), want: 'invalidSyntax' },
    { name: 'schemas of numbers is refused', given: message({ schemas: [2] }), want: 'invalidSyntax' },
    {
      name: 'an unknown op is refused',
      given: message({ Operations: [{ op: 'move', path: 'title' }] }),
      want: 'invalidSyntax',
    },
    {
      name: 'an op that is not a string is refused',
      given: message({ Operations: [{ op: 1, path: 'title' }] }),
      want: 'invalidSyntax',
    },
    {
      name: 'an operation without op is refused',
      given: message({ Operations: [{ path: 'title' }] }),
      want: 'invalidSyntax',
    },
    {
      name: 'an operation that is not an object is refused',
      given: message({ Operations: ['add'] }),
      want: 'invalidSyntax',
    },
    {
      name: 'Operations that is not a list is refused',
      given: message({ Operations: { op: 'add' } }),
      want: 'invalidSyntax',
    },
    { name: 'a message without Operations is refused', given: { schemas: [urns.patchOp] }, want: 'invalidSyntax' },
    { name: 'a body that is not an object is refused', given: 'add', want: 'invalidSyntax' },
    { name: 'null is refused', given: null, want: 'invalidSyntax' },
    {
      name: 'a path that is not a string is refused',
      given: message({ Operations: [{ op: 'remove', path: 5 }] }),
      want: 'invalidPath',
    },
  ]
  it.each(cases)('$name', ({ given, want }) => {
    expect(refusal(() => parsePatchOp(given))).toBe(want)
  })

  it('gives the operations in their order, with lower-case ops and nothing that was not sent', () => {
    const operations = [
      { op: 'Add', path: 'title', value: 'Countess', comment: 'ignored' },
      { op: 'REMOVE', path: 'title' },
      { op: 'replace', path: null, value: { title: null } },
    ]
    expect(parsePatchOp(message({ Operations: operations }))).toStrictEqual([
      { op: 'add', path: 'title', value: 'Countess' },
      { op: 'remove', path: 'title' },
      { op: 'replace', value: { title: null } },
    ])
  })
})

describe('PA-2: order and atomicity', () => {
  it('each operation sees what the one before left', () => {
    const operations = [
      { op: 'add', path: 'emails', value: [{ type: 'other', value: 'x@example.com' }] },
      { op: 'replace', path: 'emails[type eq "other"].value', value: 'y@example.com' },
      { op: 'remove', path: 'emails[value eq "y@example.com"].type' },
    ]
    expect(changed(operations).emails).toEqual([...(ada.emails as object[]), { value: 'y@example.com' }])
  })

  it('one failing operation fails them all and leaves the resource as it was', () => {
    const before = JSON.stringify(ada)
    const operations = [
      { op: 'replace', path: 'title', value: 'Countess' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'x@example.com' },
      { op: 'replace', path: 'active', value: 7 },
    ]
    expect(refused(operations)).toBe('invalidValue')
    expect(JSON.stringify(ada)).toBe(before)
  })
})

describe('PA-3: the path of remove', () => {
  it.each([{ op: 'remove' }, { op: 'remove', value: { title: null } }, { op: 'Remove', path: null }])(
    'remove without a path is noTarget: %j',
    (operation) => {
      expect(refused([operation])).toBe('noTarget')
      expect(refusal(() => parsePatchOp({ schemas: [urns.patchOp], Operations: [operation] }))).toBe('noTarget')
    },
  )
})

describe('PA-4: paths', () => {
  const paths: { path: string; want: string }[] = [
    { path: 'favouriteColour', want: 'invalidPath' },
    { path: 'name.nick', want: 'invalidPath' },
    { path: 'name.givenName.first', want: 'invalidPath' },
    { path: 'userName.value', want: 'invalidPath' },
    { path: '', want: 'invalidPath' },
    { path: ' ', want: 'invalidPath' },
    { path: 'emails[', want: 'invalidFilter' },
    { path: 'emails[type eq "work"', want: 'invalidFilter' },
    { path: 'emails[type zz "work"]', want: 'invalidFilter' },
    { path: 'emails[]', want: 'invalidFilter' },
    { path: 'emails[primary gt true].value', want: 'invalidFilter' },
    { path: 'emails[type eq 5].value', want: 'invalidFilter' },
    { path: 'emails[type eq "work"]value', want: 'invalidPath' },
    { path: 'emails[type eq "work"].colour', want: 'invalidPath' },
    { path: 'urn:example:unknown:2.0:User', want: 'invalidPath' },
    { path: 'urn:example:unknown:2.0:User:title', want: 'invalidPath' },
    { path: `${enterprise}:title`, want: 'invalidPath' },
    { path: 'emails[type eq "work"].value.x', want: 'invalidPath' },
  ]
  it.each(paths)('$path is $want', ({ path, want }) => {
    expect(refused([{ op: 'replace', path, value: 'x' }])).toBe(want)
    expect(refused([{ op: 'remove', path }])).toBe(want)
  })

  const spellings: { path: string; name: string }[] = [
    { path: 'TITLE', name: 'any case' },
    { path: `${urns.user}:title`, name: 'the URN of the base schema' },
    { path: `${urns.user.toUpperCase()}:Title`, name: 'both in any case' },
  ]
  it.each(spellings)('UN-1: a name is found by $name', ({ path }) => {
    expect(changed([{ op: 'add', path, value: 'Countess' }]).title).toBe('Countess')
  })

  it('UN-3, UN-5: extension attributes are found with and without their URN', () => {
    for (const path of [`${enterprise}:department`, 'department', `${enterprise.toLowerCase()}:DEPARTMENT`]) {
      expect(changed([{ op: 'replace', path, value: 'Looms' }])[enterprise]).toMatchObject({ department: 'Looms' })
    }
    const manager = changed([{ op: 'replace', path: `${enterprise}:manager.value`, value: 'u9' }])[enterprise]
    expect(manager).toMatchObject({ manager: { value: 'u9' } })
  })

  it('an error names the path but nothing that a filter compares with', () => {
    const operation = { op: 'replace', path: 'emails[value eq "secret@example.com"].type', value: 'x' }
    expect(() => patch(user, ada, [operation])).toThrow('emails[…].type selects no element')
    expect(() => patch(user, ada, [{ op: 'remove', path: `x${'y'.repeat(5000)}` }])).toThrow(/^.{200,240}$/)
  })
})

describe('PA-12: values without path', () => {
  it('every key is a path: plain, container, dotted, qualified, with brackets', () => {
    const value = {
      nickname: 'Countess',
      [enterprise]: { costCenter: 'C1', 'manager.value': 'u8' },
      'name.givenName': 'Augusta',
      [`${enterprise}:department`]: 'Looms',
      'emails[type eq "home"].value': 'x@home.example',
      [`${acme}:office.building`]: 'B1',
    }
    const { resource, rules } = patch(user, ada, [{ op: 'replace', value }])
    expect(resource).toMatchObject({
      nickName: 'Countess',
      name: { formatted: 'Ada Lovelace', familyName: 'Lovelace', givenName: 'Augusta' },
      emails: [{ value: 'ada@example.com' }, { value: 'x@home.example', type: 'home' }],
      [enterprise]: { costCenter: 'C1', department: 'Looms', manager: { value: 'u8' } },
      [acme]: { office: { building: 'B1' } },
    })
    expect(rules).toEqual(['dottedKeys', 'dottedKeys', 'dottedKeys', 'dottedKeys', 'dottedKeys'])
  })

  it.each([null, 'x', ['x'], 5, true])('a value that is not an object is invalidValue: %j', (value) => {
    expect(refused([{ op: 'add', value }])).toBe('invalidValue')
    expect(refused([{ op: 'replace', value }])).toBe('invalidValue')
  })

  it.each([
    { colour: 'red' },
    { 'name.colour': 'red' },
    { [enterprise]: { 'manager.colour': 'red' } },
    { [enterprise]: { colour: 'red' } },
    { 'urn:example:unknown:2.0:User': { colour: 'red' } },
    { name: { colour: 'red' } },
    { 'a b': 1, ' ': 2, '': 3 },
  ])('EP-11: an unknown key is ignored as everywhere, and strict refuses it: %j', (unknown) => {
    const value = { active: false, ...unknown }
    const { resource, rules } = patch(user, ada, [{ op: 'replace', value }])
    expect(resource).toEqual({ ...ada, active: false })
    expect(rules).toContain('ignoreUnknownAttributes')
    expect(refusal(() => patch(user, ada, [{ op: 'replace', value }], 'strict'))).toBe('invalidSyntax')
  })

  it('what is in brackets is checked as part of the path', () => {
    expect(refused([{ op: 'replace', value: { 'emails[colour eq "red"].value': 'x' } }])).toBe('invalidPath')
    expect(refused([{ op: 'replace', value: { 'emails[type eq': 'x' } }])).toBe('invalidFilter')
  })

  it('pathlessList: a list of one object is that object', () => {
    const { resource, rules } = patch(user, ada, [{ op: 'replace', value: [{ active: false }] }])
    expect([resource.active, rules]).toEqual([false, ['pathlessList']])
    expect(refused([{ op: 'replace', value: [{ active: false }, { title: 'x' }] }])).toBe('invalidValue')
    expect(refusal(() => patch(user, ada, [{ op: 'add', value: [{ active: false }] }], 'strict'))).toBe('invalidValue')
  })

  it('an add sets what is singular and appends to what is not', () => {
    const value = {
      title: 'Countess',
      name: { middleName: 'King' },
      emails: [{ value: 'x@example.com', type: 'other' }],
    }
    const resource = changed([{ op: 'add', value }])
    expect(resource).toMatchObject({ title: 'Countess', name: { middleName: 'King', givenName: 'Ada' } })
    expect(resource.emails).toHaveLength(3)
  })
})

describe('PA-22: filters where there are no elements', () => {
  it.each([
    'name[givenName eq "Ada"]',
    'userName[value eq "x"]',
    'emails[colour eq "red"].value',
    `${enterprise}[department eq "x"]`,
    `${acme}:skills[type eq "x"]`,
  ])('%s is invalidPath', (path) => {
    expect(refused([{ op: 'replace', path, value: 'x' }])).toBe('invalidPath')
  })
})

describe('PA-25: a sub-attribute that the type does not have', () => {
  it('is invalidPath behind a filter', () => {
    expect(
      refusal(() => patch(group, sales, [{ op: 'replace', path: 'members[value eq "u1"].displayName', value: 'x' }])),
    ).toBe('invalidPath')
  })
})
