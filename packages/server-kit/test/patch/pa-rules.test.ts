import { urns } from '@scimkit/core/schema'
import { parsePatchOp } from '@scimkit/server-kit/patch'
import { describe, expect, it } from 'vitest'
import { acme, ada, enterprise, group, patch, payroll, refusal, sales, user } from './definitions.js'

type Operations = readonly unknown[]

const changed = (operations: Operations, resource: object = ada) => patch(user, resource, operations).resource
const refused = (operations: Operations, resource: object = ada) => refusal(() => patch(user, resource, operations))
const workOnly = { ...ada, emails: [{ value: 'ada@example.com', type: 'work' }] }

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
    { name: 'schemas as a text is refused', given: message({ schemas: urns.patchOp }), want: 'invalidSyntax' },
    { name: 'schemas of numbers is refused', given: message({ schemas: [2] }), want: 'invalidSyntax' },
    {
      name: 'an unknown op is refused',
      given: message({ Operations: [{ op: 'move', path: 'title' }] }),
      want: 'invalidSyntax',
    },
    {
      name: 'an op that is no text is refused',
      given: message({ Operations: [{ op: 1, path: 'title' }] }),
      want: 'invalidSyntax',
    },
    {
      name: 'an operation without op is refused',
      given: message({ Operations: [{ path: 'title' }] }),
      want: 'invalidSyntax',
    },
    {
      name: 'an operation that is no object is refused',
      given: message({ Operations: ['add'] }),
      want: 'invalidSyntax',
    },
    {
      name: 'Operations that is no list is refused',
      given: message({ Operations: { op: 'add' } }),
      want: 'invalidSyntax',
    },
    { name: 'a message without Operations is refused', given: { schemas: [urns.patchOp] }, want: 'invalidSyntax' },
    { name: 'a body that is no object is refused', given: 'add', want: 'invalidSyntax' },
    { name: 'null is refused', given: null, want: 'invalidSyntax' },
    {
      name: 'a path that is no text is refused',
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

describe('PA-5: mutability', () => {
  const readOnly: { path: string; value: unknown }[] = [
    { path: 'id', value: 'u9' },
    { path: 'meta', value: { version: '9' } },
    { path: 'meta.version', value: '9' },
    { path: 'groups', value: [{ value: 'g9' }] },
    { path: 'groups[value eq "g1"].display', value: 'Owners' },
    { path: 'groups[value eq "g1"]', value: { display: 'Owners' } },
    { path: 'groups.display', value: 'Sales' },
    { path: `${enterprise}:manager.displayName`, value: 'Babbage' },
    { path: `${acme}:clearance`, value: 'top' },
    { path: `${acme}:grants`, value: [{ value: 'x' }] },
  ]
  it.each(readOnly)('a readOnly attribute cannot be written: $path', ({ path, value }) => {
    expect(refused([{ op: 'add', path, value }])).toBe('mutability')
    expect(refused([{ op: 'replace', path, value }])).toBe('mutability')
    expect(refused([{ op: 'remove', path }])).toBe('mutability')
  })

  it('nor in a value without path, under any form of its name', () => {
    expect(refused([{ op: 'replace', value: { ID: 'u9' } }])).toBe('mutability')
    expect(refused([{ op: 'replace', value: { [`${acme}:clearance`]: 'top' } }])).toBe('mutability')
    expect(refused([{ op: 'add', value: { [acme]: { clearance: 'top' } } }])).toBe('mutability')
    expect(refused([{ op: 'add', path: acme, value: { clearance: 'top' } }])).toBe('mutability')
  })

  it('the value that it has already is no change', () => {
    const same = [
      { op: 'replace', path: 'id', value: 'u1' },
      { op: 'add', path: 'id', value: 'u1' },
      { op: 'replace', path: 'meta', value: { resourceType: 'User', location: null } },
      { op: 'replace', path: 'meta.version', value: '1' },
      { op: 'replace', path: 'groups', value: [{ value: 'g1', display: 'Sales' }] },
      { op: 'replace', path: `${enterprise}:manager.displayName`, value: 'Charles' },
      { op: 'replace', path: `${acme}:grants`, value: [] },
    ]
    for (const operation of same) {
      const { resource, rules } = patch(user, ada, [operation])
      expect(resource).toBe(ada)
      expect(rules).toEqual(['unchangedReadOnly'])
    }
    expect(refused([{ op: 'replace', path: 'meta', value: { colour: 'red' } }])).toBe('mutability')
    expect(refused([{ op: 'replace', path: 'id', value: 'U1' }])).toBe('mutability')
  })

  it('readOnly sub-attributes inside an object are dropped', () => {
    const value = { value: 'u7', displayName: 'Forged' }
    const { resource } = patch(user, ada, [{ op: 'replace', path: 'manager', value }])
    expect(resource[enterprise]).toEqual({ department: 'Engines', manager: { value: 'u7', displayName: 'Charles' } })
  })

  it('an immutable attribute is set once', () => {
    const once = changed([{ op: 'add', path: `${acme}:badgeNumber`, value: 7 }])
    expect(once[acme]).toEqual({ badgeNumber: 7 })
    expect(changed([{ op: 'replace', path: `${acme}:badgeNumber`, value: 7 }], once)).toBe(once)
    expect(refused([{ op: 'replace', path: `${acme}:badgeNumber`, value: 8 }], once)).toBe('mutability')
    expect(refused([{ op: 'add', path: `${acme}:badgeNumber`, value: 8 }], once)).toBe('mutability')
    expect(refused([{ op: 'remove', path: `${acme}:badgeNumber` }], once)).toBe('mutability')
    expect(changed([{ op: 'remove', path: `${acme}:badgeNumber` }])).toBe(ada)
  })

  it('an immutable list is set once as a whole', () => {
    const once = changed([{ op: 'add', path: `${acme}:oaths`, value: ['Hippocratic'] }])
    expect(changed([{ op: 'add', path: `${acme}:oaths`, value: ['hippocratic'] }], once)).toBe(once)
    expect(changed([{ op: 'replace', path: `${acme}:oaths`, value: ['hippocratic'] }], once)).toBe(once)
    expect(refused([{ op: 'add', path: `${acme}:oaths`, value: ['another'] }], once)).toBe('mutability')
    expect(refused([{ op: 'remove', path: `${acme}:oaths[value sw "H"]` }], once)).toBe('mutability')
    expect(refused([{ op: 'remove', path: `${acme}:oaths`, value: ['Hippocratic'] }], once)).toBe('mutability')
  })

  it('an immutable sub-attribute is set once', () => {
    const path = `${acme}:office`
    const once = changed([{ op: 'add', path, value: { building: 'B1', desk: '4' } }])
    expect(changed([{ op: 'replace', path, value: { building: 'B2', desk: '4' } }], once)[acme]).toEqual({
      office: { building: 'B2', desk: '4' },
    })
    expect(refused([{ op: 'replace', path, value: { desk: '5' } }], once)).toBe('mutability')
    expect(refused([{ op: 'replace', path, value: { desk: null } }], once)).toBe('mutability')
    expect(refused([{ op: 'remove', path: `${path}.desk` }], once)).toBe('mutability')
    expect(refused([{ op: 'replace', path: `${path}.desk`, value: '5' }], once)).toBe('mutability')
    expect(changed([{ op: 'replace', path: `${path}.desk`, value: '4' }], once)).toBe(once)
  })

  it('an element is not altered in place where its value is immutable', () => {
    const altered = (operation: object) => refusal(() => patch(group, sales, [operation]))
    expect(altered({ op: 'replace', path: 'members[value eq "u1"].value', value: 'u9' })).toBe('mutability')
    expect(altered({ op: 'replace', path: 'members[value eq "u1"]', value: { value: 'u9' } })).toBe('mutability')
    expect(altered({ op: 'replace', path: 'members[value eq "u1"].display', value: 'Countess' })).toBe('mutability')
    expect(altered({ op: 'replace', path: 'members[value eq "u1"]', value: { display: 'Countess' } })).toBe(
      'mutability',
    )
    expect(altered({ op: 'remove', path: 'members[value eq "u1"].display' })).toBe('mutability')
    expect(altered({ op: 'remove', path: 'members.value' })).toBe('mutability')
  })

  it('PU-10: what comes beside a known value is ignored', () => {
    const value = { value: 'u1', display: 'Countess', type: 'Robot' }
    expect(patch(group, sales, [{ op: 'replace', path: 'members[value eq "u1"]', value }]).resource).toBe(sales)
    expect(patch(group, sales, [{ op: 'add', path: 'members[value eq "u1"]', value }]).resource).toBe(sales)
    expect(patch(group, sales, [{ op: 'add', path: 'members', value: [value] }]).resource).toBe(sales)
    const both = [value, { value: 'u2' }]
    expect(patch(group, sales, [{ op: 'replace', path: 'members', value: both }]).resource).toBe(sales)
    const swapped = patch(group, sales, [{ op: 'replace', path: 'members', value: [{ value: 'u3' }, value] }]).resource
    expect(swapped.members).toEqual([{ value: 'u3' }, { value: 'u1', type: 'User', display: 'Ada' }])
  })

  it('PU-10: sub-attributes of a known element that can change do change', () => {
    const path = `${acme}:licences`
    const one = changed([{ op: 'add', path, value: [{ value: 'L1', note: 'old', issuer: 'DVLA' }] }])
    const replaced = changed([{ op: 'replace', path, value: [{ value: 'L1', note: 'new', issuer: 'KBA' }] }], one)
    expect(replaced[acme]).toEqual({ licences: [{ value: 'L1', note: 'new', issuer: 'DVLA' }] })
    const cleared = changed([{ op: 'replace', path, value: [{ value: 'L1' }] }], one)
    expect(cleared[acme]).toEqual({ licences: [{ value: 'L1', issuer: 'DVLA' }] })
    const noted = changed([{ op: 'replace', path: `${path}[value eq "L1"].note`, value: 'new' }], one)
    expect(noted[acme]).toEqual({ licences: [{ value: 'L1', note: 'new', issuer: 'DVLA' }] })
  })
})

describe('PA-6: extensions and schemas', () => {
  it('the first attribute of an extension adds its URN, the last one takes it away', () => {
    const added = changed([{ op: 'add', path: `${acme}:costShare`, value: 0.5 }])
    expect(added.schemas).toEqual([urns.user, enterprise, acme])
    expect(added[acme]).toEqual({ costShare: 0.5 })
    const removed = changed([{ op: 'remove', path: `${acme}:costShare` }], added)
    expect(removed.schemas).toEqual([urns.user, enterprise])
    expect(Object.hasOwn(removed, acme)).toBe(false)
    expect(changed([{ op: 'replace', path: `${acme}:costShare`, value: null }], added)).toEqual(removed)
  })

  it('a resource without schemas gets the base schema with the extension', () => {
    const { schemas, ...rest } = ada
    expect(changed([{ op: 'add', path: 'costShare', value: 1 }], rest).schemas).toEqual([urns.user, acme])
    expect(schemas).toBeDefined()
  })

  it('the container is merged through its bare URN, and dropped by remove or null', () => {
    const value = { costCenter: 'C1', department: null, manager: { $ref: '../Users/u2' }, colour: 'red' }
    const { resource, rules } = patch(user, ada, [{ op: 'replace', path: enterprise, value }])
    const manager = { value: 'u2', displayName: 'Charles', $ref: '../Users/u2' }
    expect(resource[enterprise]).toEqual({ costCenter: 'C1', manager })
    expect(rules).toEqual(['ignoreUnknownAttributes'])
    for (const operation of [
      { op: 'remove', path: enterprise },
      { op: 'replace', path: enterprise, value: null },
      { op: 'replace', value: { [enterprise.toUpperCase()]: null } },
    ]) {
      const dropped = changed([operation])
      expect(dropped.schemas).toEqual([urns.user])
      expect(Object.hasOwn(dropped, enterprise)).toBe(false)
    }
    expect(changed([{ op: 'add', path: enterprise, value: null }])).toBe(ada)
    expect(changed([{ op: 'remove', path: acme }])).toBe(ada)
    expect(refused([{ op: 'replace', path: enterprise, value: 'x' }])).toBe('invalidValue')
    expect(refused([{ op: 'replace', path: enterprise, value: ['x'] }])).toBe('invalidValue')
  })

  it('what a client cannot remove stays in a container that is dropped', () => {
    const cleared = { ...ada, [acme]: { clearance: 'top', costShare: 1 }, schemas: [urns.user, acme] }
    const dropped = changed([{ op: 'remove', path: acme }], cleared)
    expect(dropped[acme]).toEqual({ clearance: 'top' })
    expect(dropped.schemas).toEqual([urns.user, acme])
    const badged = { ...ada, [acme]: { badgeNumber: 7 }, schemas: [urns.user, acme] }
    expect(refused([{ op: 'remove', path: acme }], badged)).toBe('mutability')
  })

  it('schemas itself can be written; later operations see the new value', () => {
    const declared = changed([{ op: 'add', path: 'schemas', value: [acme.toUpperCase()] }])
    expect(declared.schemas).toEqual([urns.user, enterprise, acme])
    const single = changed([{ op: 'add', path: 'schemas', value: acme }])
    expect(single).toEqual(declared)
    expect(changed([{ op: 'add', path: 'schemas', value: [urns.user] }])).toBe(ada)
    const both = changed([
      { op: 'remove', path: `schemas[value eq "${enterprise}"]` },
      { op: 'add', path: `${enterprise}:division`, value: 'Mills' },
    ])
    expect(both[enterprise]).toEqual({ division: 'Mills' })
    expect(both.schemas).toEqual([urns.user, enterprise])
  })

  it('an extension that is removed from schemas goes with its attributes; one left out of a new list stays', () => {
    for (const operation of [
      { op: 'remove', path: `schemas[value eq "${enterprise}"]` },
      { op: 'remove', path: 'schemas', value: [enterprise.toUpperCase()] },
    ]) {
      const dropped = changed([operation])
      expect(dropped.schemas).toEqual([urns.user])
      expect(Object.hasOwn(dropped, enterprise)).toBe(false)
    }
    expect(changed([{ op: 'replace', value: { schemas: [urns.user] } }])).toBe(ada)
    const unused = { ...ada, schemas: [urns.user, enterprise, acme] }
    expect(changed([{ op: 'replace', path: 'schemas', value: [urns.user] }], unused).schemas).toEqual([
      urns.user,
      enterprise,
    ])
    expect(changed([{ op: 'remove', path: 'schemas', value: [acme] }], unused).schemas).toEqual([urns.user, enterprise])
  })

  it('the base schema cannot go', () => {
    expect(refused([{ op: 'remove', path: 'schemas' }])).toBe('mutability')
    expect(refused([{ op: 'remove', path: `schemas[value eq "${urns.user}"]` }])).toBe('mutability')
    expect(refused([{ op: 'replace', path: 'schemas', value: [enterprise] }])).toBe('mutability')
    expect(refused([{ op: 'replace', path: 'schemas', value: null }])).toBe('mutability')
    expect(refused([{ op: 'replace', path: 'schemas', value: [5] }])).toBe('invalidValue')
    expect(refused([{ op: 'replace', path: 'schemas', value: ['urn:example:unknown'] }])).toBe('mutability')
  })

  it('UN-7: an unknown URI is ignored, and SCIM 1.1 stands for the base schema', () => {
    const value = ['urn:example:unknown', 'urn:scim:schemas:core:1.0', enterprise]
    const { resource, rules } = patch(user, ada, [{ op: 'replace', path: 'schemas', value }])
    expect(resource).toBe(ada)
    expect(rules).toEqual(['ignoreUnknownSchema', 'ignoreUnknownSchema'])
  })

  it('CR-5: an extension that comes into use needs its required attributes, by the end of the request', () => {
    expect(refused([{ op: 'add', path: `${payroll}:currency`, value: 'GBP' }])).toBe('invalidValue')
    const paid = changed([
      { op: 'add', path: `${payroll}:currency`, value: 'GBP' },
      { op: 'add', path: `${payroll}:account`, value: '1' },
    ])
    expect(paid[payroll]).toEqual({ currency: 'GBP', account: '1' })
    expect(refused([{ op: 'remove', path: `${payroll}:account` }], paid)).toBe('mutability')
    expect(changed([{ op: 'remove', path: payroll }], paid)).toEqual(ada)
  })
})

describe('PA-8: one primary', () => {
  const primaries = (resource: Readonly<Record<string, unknown>>) =>
    (resource.emails as { value: string; primary?: boolean }[]).map(({ value, primary }) => [value, primary])

  const other = { value: 'o@example.com', type: 'other', primary: true }
  const cases: { name: string; given: Operations; want: unknown }[] = [
    {
      name: 'an added primary takes the place of the old one',
      given: [{ op: 'add', path: 'emails', value: [other] }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', undefined],
        ['o@example.com', true],
      ],
    },
    {
      name: 'so does one that is set through a filter',
      given: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', true],
      ],
    },
    {
      name: 'and one that is made for a filter without a match',
      given: [{ op: 'add', path: 'emails[type eq "other" and primary eq true].value', value: 'o@example.com' }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', undefined],
        ['o@example.com', true],
      ],
    },
    {
      name: 'and one that a known element gets',
      given: [{ op: 'add', path: 'emails', value: [{ value: 'ADA@home.example', type: 'home', primary: true }] }],
      want: [
        ['ada@example.com', false],
        ['ADA@home.example', true],
      ],
    },
    {
      name: 'of two new ones the last wins',
      given: [{ op: 'add', path: 'emails', value: [other, { ...other, value: 'p@example.com' }] }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', undefined],
        ['o@example.com', false],
        ['p@example.com', true],
      ],
    },
    {
      name: 'also in a new list',
      given: [{ op: 'replace', path: 'emails', value: [other, { ...other, value: 'p@example.com' }] }],
      want: [
        ['o@example.com', false],
        ['p@example.com', true],
      ],
    },
    {
      name: 'and where it is set on every element',
      given: [{ op: 'replace', path: 'emails.primary', value: true }],
      want: [
        ['ada@example.com', false],
        ['ada@home.example', true],
      ],
    },
    {
      name: 'a primary that is not touched stays',
      given: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: false }],
      want: [
        ['ada@example.com', true],
        ['ada@home.example', false],
      ],
    },
  ]
  it.each(cases)('$name', ({ given, want }) => {
    expect(primaries(changed(given))).toEqual(want)
  })

  it('two primaries that were there before are left to the one who can tell', () => {
    const two = {
      ...ada,
      emails: [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    }
    expect(changed([{ op: 'add', path: 'emails', value: [{ value: 'c' }] }], two).emails).toHaveLength(3)
    expect(primaries(changed([{ op: 'add', path: 'emails', value: [{ value: 'c' }] }], two))).toEqual([
      ['a', true],
      ['b', true],
      ['c', undefined],
    ])
  })
})

describe('PA-9: no change gives the same resource', () => {
  const same: Operations = [
    { op: 'add', path: 'emails', value: [{ value: 'ada@example.com', type: 'work' }] },
    { op: 'add', path: 'emails', value: { value: 'ADA@EXAMPLE.COM' } },
    { op: 'add', path: 'userName', value: 'ada@example.com' },
    { op: 'replace', path: 'name', value: { givenName: 'Ada' } },
    { op: 'replace', path: 'name', value: {} },
    { op: 'add', path: 'name', value: { givenName: 'Ada', middleName: null } },
    {
      op: 'replace',
      path: 'emails',
      value: [
        { primary: true, type: 'work', value: 'ada@example.com' },
        { value: 'ada@home.example', type: 'home' },
      ],
    },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada@example.com' },
    { op: 'replace', path: 'emails[type eq "home"]', value: { value: 'ada@home.example' } },
    { op: 'remove', path: 'title' },
    { op: 'remove', path: 'name.middleName' },
    { op: 'remove', path: 'phoneNumbers' },
    { op: 'remove', path: 'phoneNumbers.type' },
    { op: 'remove', path: 'emails[type eq "fax"]' },
    { op: 'remove', path: 'emails', value: [{ value: 'nobody@example.com' }] },
    { op: 'remove', path: 'emails', value: [] },
    { op: 'replace', path: 'title', value: null },
    { op: 'add', path: 'displayName', value: null },
    { op: 'add', path: 'emails', value: [] },
    { op: 'add', path: 'emails', value: [null, {}] },
    { op: 'replace', value: {} },
    { op: 'replace', value: { displayName: 'Ada L', active: true } },
  ]
  it.each(same)('%j', (operation) => {
    expect(changed([operation])).toBe(ada)
  })

  it('operations that undo each other are no change either', () => {
    const back = [
      { op: 'replace', path: 'displayName', value: 'x' },
      { op: 'add', path: 'title', value: 'y' },
      { op: 'remove', path: 'title' },
      { op: 'replace', path: 'displayName', value: 'Ada L' },
    ]
    expect(changed(back)).toBe(ada)
  })

  it('a value in another case is a change: providers compare with what they sent', () => {
    expect(changed([{ op: 'replace', path: 'displayName', value: 'ADA L' }]).displayName).toBe('ADA L')
    const emails = [{ value: 'ADA@example.com', type: 'work', primary: true }]
    expect(changed([{ op: 'replace', path: 'emails', value: emails }]).emails).toEqual(emails)
  })

  it('what an operation does not name is shared with the resource before', () => {
    const next = changed([{ op: 'replace', path: 'emails[type eq "home"].value', value: 'x@home.example' }])
    expect(next.name).toBe(ada.name)
    expect(next[enterprise]).toBe(ada[enterprise])
    expect((next.emails as unknown[])[0]).toBe((ada.emails as unknown[])[0])
  })
})

describe('PA-10: types', () => {
  const wrong: { path: string; value: unknown }[] = [
    { path: 'userName', value: 5 },
    { path: 'userName', value: { value: 'x' } },
    { path: 'userName', value: '' },
    { path: 'userName', value: ['a', 'b'] },
    { path: 'userName', value: [] },
    { path: 'title', value: true },
    { path: 'active', value: 'yes' },
    { path: 'active', value: 1 },
    { path: 'active', value: {} },
    { path: 'name', value: 'Ada' },
    { path: 'name', value: [] },
    { path: 'name.givenName', value: 5 },
    { path: 'name', value: { givenName: 5 } },
    { path: 'emails', value: 'ada@example.com' },
    { path: 'emails', value: ['ada@example.com'] },
    { path: 'emails', value: [[{ value: 'x' }]] },
    { path: 'emails', value: [{ value: 5 }] },
    { path: 'emails', value: [{ primary: 'maybe' }] },
    { path: 'emails[type eq "work"]', value: 'x' },
    { path: 'emails[type eq "work"].value', value: {} },
    { path: `${acme}:badgeNumber`, value: 1.5 },
    { path: `${acme}:badgeNumber`, value: '7' },
    { path: `${acme}:badgeNumber`, value: 1e300 },
    { path: `${acme}:costShare`, value: '0.5' },
    { path: `${acme}:hiredAt`, value: '2026-01-31' },
    { path: `${acme}:hiredAt`, value: '2026-13-31T08:00:00Z' },
    { path: `${acme}:hiredAt`, value: 'x2026-01-31T08:00:00Z' },
    { path: `${acme}:hiredAt`, value: '2026-01-31T08:00:00Zx' },
    { path: `${acme}:hiredAt`, value: 1_769_846_400 },
    { path: `${acme}:seal`, value: 'not base64!' },
    { path: `${acme}:seal`, value: 'AAAAA' },
    { path: `${acme}:seal`, value: 'A=A=' },
    { path: `${acme}:seal`, value: 5 },
    { path: `${acme}:site`, value: 5 },
    { path: `${acme}:skills`, value: [5] },
    { path: `${acme}:skills`, value: [['x']] },
    { path: `${acme}:office.rooms`, value: [5] },
    { path: `${acme}:devices`, value: [{ serial: 'S', ports: [1.5] }] },
  ]
  it.each(wrong)('$path refuses $value', ({ path, value }) => {
    expect(refused([{ op: 'replace', path, value }])).toBe('invalidValue')
    expect(refused([{ op: 'add', path, value }])).toBe('invalidValue')
    expect(() => patch(user, ada, [{ op: 'add', path, value }])).toThrow(path.replace(/\[.*\]/, '[…]').split('.')[0])
  })

  const right: { path: string; value: unknown }[] = [
    { path: `${acme}:badgeNumber`, value: -7 },
    { path: `${acme}:costShare`, value: 0.5 },
    { path: `${acme}:costShare`, value: 1 },
    { path: `${acme}:hiredAt`, value: '2026-01-31T08:00:00Z' },
    { path: `${acme}:hiredAt`, value: '2026-01-31T08:00:00.1234567+05:30' },
    { path: `${acme}:hiredAt`, value: '2026-01-31T08:00:00' },
    { path: `${acme}:seal`, value: 'AA==' },
    { path: `${acme}:seal`, value: 'AAA' },
    { path: `${acme}:seal`, value: '' },
    { path: `${acme}:site`, value: '../sites/1' },
    { path: `${acme}:contractor`, value: false },
    { path: `${acme}:skills`, value: ['Analysis', 'Algebra'] },
    { path: `${acme}:devices`, value: [{ serial: 'S', ports: [1, 2] }] },
    { path: `${acme}:office`, value: { building: 'B1', floor: 0, rooms: ['R1'] } },
  ]
  it.each(right)('$path takes $value as it is', ({ path, value }) => {
    expect(changed([{ op: 'add', path, value }])[acme]).toEqual({ [path.slice(acme.length + 1)]: value })
  })

  it('JN-3: an empty text is a value where nothing is required', () => {
    expect(changed([{ op: 'replace', path: 'displayName', value: '' }]).displayName).toBe('')
  })

  it('names inside values are brought into schema spelling, unknown ones are ignored', () => {
    const value = [{ VALUE: 'x@example.com', Type: 'other', colour: 'red' }]
    const { resource, notes } = patch(user, ada, [{ op: 'replace', path: 'EMAILS', value }])
    expect(resource.emails).toEqual([{ value: 'x@example.com', type: 'other' }])
    expect(notes).toMatchObject([{ rule: 'ignoreUnknownAttributes', path: 'EMAILS.colour' }])
    expect(refused([{ op: 'replace', path: 'name', value: { givenName: 'A', GivenName: 'B' } }])).toBe('invalidSyntax')
  })

  it('required sub-attributes are asked for at the end of the request', () => {
    expect(refused([{ op: 'add', path: `${acme}:office.floor`, value: 3 }])).toBe('invalidValue')
    expect(refused([{ op: 'add', path: `${acme}:devices`, value: [{ model: 'M' }] }])).toBe('invalidValue')
    const office = changed([
      { op: 'add', path: `${acme}:office.floor`, value: 3 },
      { op: 'add', path: `${acme}:office.building`, value: 'B1' },
    ])[acme]
    expect(office).toEqual({ office: { floor: 3, building: 'B1' } })
  })
})

describe('PA-11: no value', () => {
  it('add without value is invalidSyntax, replace is invalidValue', () => {
    expect(refused([{ op: 'add', path: 'title' }])).toBe('invalidSyntax')
    expect(refused([{ op: 'add' }])).toBe('invalidSyntax')
    expect(refused([{ op: 'replace', path: 'title' }])).toBe('invalidValue')
    expect(refused([{ op: 'replace' }])).toBe('invalidValue')
  })

  it('JN-1: replace by null or an empty list unassigns', () => {
    const gone = changed([
      { op: 'replace', path: 'displayName', value: null },
      { op: 'replace', path: 'emails', value: [] },
      { op: 'replace', path: 'name.givenName', value: null },
      { op: 'replace', path: 'department', value: null },
    ])
    expect(gone).toEqual({
      ...Object.fromEntries(Object.entries(ada).filter(([name]) => name !== 'displayName' && name !== 'emails')),
      name: { formatted: 'Ada Lovelace', familyName: 'Lovelace' },
      [enterprise]: { manager: { value: 'u2', displayName: 'Charles' } },
    })
  })

  it('JN-2: a complex value whose last member goes is gone itself', () => {
    expect(
      Object.hasOwn(
        changed([{ op: 'replace', path: 'name', value: { formatted: null, familyName: null, givenName: null } }]),
        'name',
      ),
    ).toBe(false)
    const removals = ['formatted', 'familyName', 'givenName'].map((sub) => ({ op: 'remove', path: `name.${sub}` }))
    expect(Object.hasOwn(changed(removals), 'name')).toBe(false)
    expect(
      Object.hasOwn(
        changed([
          { op: 'remove', path: 'emails[type pr].type' },
          { op: 'remove', path: 'emails.value' },
          { op: 'remove', path: 'emails.primary' },
        ]),
        'emails',
      ),
    ).toBe(false)
    expect(changed([{ op: 'replace', path: 'emails[type eq "home"]', value: null }]).emails).toHaveLength(1)
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

  it.each([null, 'x', ['x'], 5, true])('a value that is no object is invalidValue: %j', (value) => {
    expect(refused([{ op: 'add', value }])).toBe('invalidValue')
    expect(refused([{ op: 'replace', value }])).toBe('invalidValue')
  })

  it('an unknown key is an unknown path', () => {
    expect(refused([{ op: 'replace', value: { colour: 'red' } }])).toBe('invalidPath')
    expect(refused([{ op: 'replace', value: { 'name.colour': 'red' } }])).toBe('invalidPath')
    expect(refused([{ op: 'replace', value: { [enterprise]: { 'manager.colour': 'red' } } }])).toBe('invalidPath')
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

describe('PA-13: add to a list', () => {
  it('one element may come without a list', () => {
    const value = { value: 'x@example.com', type: 'other' }
    expect(changed([{ op: 'add', path: 'emails', value }]).emails).toHaveLength(3)
    expect(changed([{ op: 'add', path: 'skills', value: 'Algebra' }])[acme]).toEqual({ skills: ['Algebra'] })
  })

  const known = (...elements: object[]) => ({ ...ada, emails: elements })
  const cases: { name: string; before: object; given: object; want: number }[] = [
    {
      name: 'the same value and type',
      before: { value: 'a', type: 'work' },
      given: { value: 'A', type: 'WORK' },
      want: 1,
    },
    { name: 'the value alone', before: { value: 'a', type: 'work' }, given: { value: 'a' }, want: 1 },
    { name: 'another type', before: { value: 'a', type: 'work' }, given: { value: 'a', type: 'home' }, want: 2 },
    { name: 'a type where there was none', before: { value: 'a' }, given: { value: 'a', type: 'home' }, want: 2 },
    { name: 'another value', before: { value: 'a', type: 'work' }, given: { value: 'b', type: 'work' }, want: 2 },
    { name: 'a type alone', before: { value: 'a', type: 'work' }, given: { type: 'work' }, want: 1 },
    {
      name: 'another display',
      before: { value: 'a', type: 'work' },
      given: { value: 'a', type: 'work', display: 'A' },
      want: 1,
    },
  ]
  it.each(cases)('$name: $want', ({ before, given, want }) => {
    expect(changed([{ op: 'add', path: 'emails', value: [given] }], known(before)).emails).toHaveLength(want)
  })

  it('what else is given for a known value and type is set', () => {
    const before = known({ value: 'a', type: 'work', display: 'old' })
    const value = [{ value: 'a', type: 'work', display: 'new', primary: true }]
    expect(changed([{ op: 'add', path: 'emails', value }], before).emails).toEqual(value)
  })

  it('elements of one request are compared with each other too', () => {
    const value = [{ value: 'a' }, { value: 'A' }, { value: 'b' }]
    expect(changed([{ op: 'add', path: 'phoneNumbers', value }]).phoneNumbers).toEqual([{ value: 'a' }, { value: 'b' }])
    expect(changed([{ op: 'replace', path: 'phoneNumbers', value }]).phoneNumbers).toEqual([
      { value: 'a' },
      { value: 'b' },
    ])
  })

  it('elements without value are compared by all that is given', () => {
    const before = { ...ada, addresses: [{ locality: 'London', country: 'GB' }] }
    expect(changed([{ op: 'add', path: 'addresses', value: [{ locality: 'london' }] }], before)).toBe(before)
    expect(
      changed([{ op: 'add', path: 'addresses', value: [{ locality: 'London', country: 'CA' }] }], before).addresses,
    ).toHaveLength(2)
  })

  it('members are compared by their value alone, to the letter', () => {
    const add = (value: unknown) => patch(group, sales, [{ op: 'add', path: 'members', value }]).resource
    expect(add([{ value: 'u1', type: 'Group' }])).toBe(sales)
    expect(add([{ value: 'U1' }]).members).toHaveLength(3)
  })

  it('texts, instants and octets are compared by their type', () => {
    const before = changed([
      { op: 'add', path: 'skills', value: ['Algebra'] },
      { op: 'add', path: 'shifts', value: ['2026-01-31T08:00:00Z'] },
      { op: 'add', path: 'devices', value: [{ serial: 'S', seal: 'AA==', ports: [1, 2] }] },
    ])
    expect(changed([{ op: 'add', path: 'skills', value: ['ALGEBRA'] }], before)).toBe(before)
    expect(changed([{ op: 'add', path: 'shifts', value: ['2026-01-31T09:00:00+01:00'] }], before)).toBe(before)
    expect(changed([{ op: 'add', path: 'devices', value: [{ serial: 'S', seal: 'AA', ports: [2, 1] }] }], before)).toBe(
      before,
    )
    expect(changed([{ op: 'add', path: 'devices', value: [{ serial: 's', seal: 'AA' }] }], before)).not.toBe(before)
  })
})

describe('PA-14: replace of a list', () => {
  it('takes a list or one element', () => {
    const value = { value: 'x@example.com' }
    expect(changed([{ op: 'replace', path: 'emails', value: [value] }]).emails).toEqual([value])
    const { resource, rules } = patch(user, ada, [{ op: 'replace', path: 'emails', value }])
    expect(resource.emails).toEqual([value])
    expect(rules).toEqual(['objectAsList'])
  })
})

describe('PA-15: a text or a list for a singular complex attribute', () => {
  it('a text is the value, an empty one unassigns, a list of one is its element', () => {
    const manager = (value: unknown) => patch(user, ada, [{ op: 'replace', path: `${enterprise}:manager`, value }])
    expect(manager('u9').resource[enterprise]).toMatchObject({ manager: { value: 'u9' } })
    expect(manager('u9').rules).toEqual(['complexFromString'])
    expect(manager('').resource[enterprise]).toEqual({ department: 'Engines' })
    expect(manager('').rules).toEqual(['emptyStringUnassigns'])
    expect(manager([{ value: 'u9' }]).resource[enterprise]).toMatchObject({ manager: { value: 'u9' } })
    expect(manager([{ value: 'u9' }]).rules).toEqual(['unwrapSingleElement'])
    expect(manager(['u9']).resource[enterprise]).toMatchObject({ manager: { value: 'u9' } })
    expect(refusal(() => manager(['u8', 'u9']))).toBe('invalidValue')
    expect(refused([{ op: 'replace', path: `${acme}:office`, value: 'B1' }])).toBe('invalidValue')
  })

  it('add of an empty text changes nothing', () => {
    expect(changed([{ op: 'add', path: `${enterprise}:manager`, value: '' }])).toBe(ada)
  })
})

describe('PA-16: remove with a value', () => {
  const remove = (value: unknown, resource: object = sales) =>
    patch(group, resource, [{ op: 'remove', path: 'members', value }])

  it('removes the given elements alone', () => {
    const { resource, rules } = remove([{ $ref: null, value: 'u1' }])
    expect(resource.members).toEqual([{ value: 'u2', type: 'User' }])
    expect(rules).toEqual(['removeByValue'])
  })

  it('takes one element without a list, and several', () => {
    expect(remove({ value: 'u2' }).resource.members).toHaveLength(1)
    expect(Object.hasOwn(remove([{ value: 'u2' }, { value: 'u1' }, { value: 'u9' }]).resource, 'members')).toBe(false)
  })

  it('never removes everybody by mistake', () => {
    for (const value of [[], [{}], [{ $ref: null }], [null], [{ value: 'u9' }]])
      expect(remove(value).resource).toBe(sales)
    expect(refusal(() => remove(['u1']))).toBe('invalidValue')
    expect(refusal(() => remove('u1'))).toBe('invalidValue')
  })

  it('without a value, or with null, it removes the whole list', () => {
    expect(Object.hasOwn(patch(group, sales, [{ op: 'remove', path: 'members' }]).resource, 'members')).toBe(false)
    expect(Object.hasOwn(remove(null).resource, 'members')).toBe(false)
  })

  it('compares what is given: other lists by all of it', () => {
    const value = [{ type: 'home' }]
    expect(changed([{ op: 'remove', path: 'emails', value }]).emails).toHaveLength(1)
    const skilled = changed([{ op: 'add', path: 'skills', value: ['Algebra', 'Looms'] }])
    expect(changed([{ op: 'remove', path: 'skills', value: ['ALGEBRA'] }], skilled)[acme]).toEqual({
      skills: ['Looms'],
    })
  })

  it('the value of a remove on something singular, or through a filter, has no meaning', () => {
    expect(Object.hasOwn(changed([{ op: 'remove', path: 'displayName', value: 'x' }]), 'displayName')).toBe(false)
    expect(changed([{ op: 'remove', path: 'emails[type eq "home"]', value: [{ value: 'x' }] }]).emails).toHaveLength(1)
  })
})

describe('PA-17: replace of selected elements', () => {
  it('the whole element is replaced, but keeps what the filter identifies it by', () => {
    const replaced = changed([{ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x@example.com' } }])
    expect(replaced.emails).toEqual([
      { value: 'x@example.com', type: 'work' },
      { value: 'ada@home.example', type: 'home' },
    ])
    const both = changed([
      { op: 'replace', path: 'emails[type eq "home" and value co "home"]', value: { display: 'H' } },
    ])
    expect((both.emails as object[])[1]).toEqual({ type: 'home', display: 'H' })
    const either = changed([{ op: 'replace', path: 'emails[type eq "fax" or type eq "home"]', value: { value: 'y' } }])
    expect((either.emails as object[])[1]).toEqual({ type: 'home', value: 'y' })
    const negated = changed([{ op: 'replace', path: 'emails[not (type eq "work")]', value: { value: 'y' } }])
    expect((negated.emails as object[])[1]).toEqual({ value: 'y' })
    const retyped = changed([{ op: 'replace', path: 'emails[type eq "home"]', value: { value: 'y', type: 'other' } }])
    expect((retyped.emails as object[])[1]).toEqual({ value: 'y', type: 'other' })
    const untyped = changed([{ op: 'replace', path: 'emails[type eq "home"]', value: { value: 'y', type: null } }])
    expect((untyped.emails as object[])[1]).toEqual({ value: 'y' })
  })

  it('several elements that are replaced by one value become one', () => {
    const path = 'emails[value pr]'
    expect(changed([{ op: 'replace', path, value: { value: 'x' } }]).emails).toEqual([{ value: 'x' }])
    expect(changed([{ op: 'replace', path, value: { value: 'x', primary: true } }]).emails).toEqual([
      { value: 'x', primary: true },
    ])
  })

  it('readOnly and immutable sub-attributes stay', () => {
    const path = `${acme}:devices`
    const device = { serial: 'S1', model: 'M1', assetTag: 'T1', lastSeen: '2026-01-01T00:00:00Z' }
    const owner = { ...ada, schemas: [urns.user, enterprise, acme], [acme]: { devices: [device] } }
    const replaced = changed([{ op: 'replace', path: `${path}[serial eq "S1"]`, value: { model: 'M2' } }], owner)
    expect(replaced[acme]).toEqual({ devices: [{ ...device, model: 'M2' }] })
    const forged = { model: 'M2', lastSeen: '2027-01-01T00:00:00Z' }
    expect(changed([{ op: 'replace', path: `${path}[serial eq "S1"]`, value: forged }], owner)).toEqual(replaced)
    expect(
      refused([{ op: 'replace', path: `${path}[model eq "M1"]`, value: { serial: 'S1', assetTag: 'T2' } }], owner),
    ).toBe('mutability')
    expect(refused([{ op: 'replace', path: `${path}[model eq "M1"]`, value: { model: 'M2' } }], owner)).toBe(
      'mutability',
    )
  })

  it('elements of a simple list are replaced by the value', () => {
    const skilled = changed([{ op: 'add', path: 'skills', value: ['Algebra', 'Looms'] }])
    const replaced = changed([{ op: 'replace', path: 'skills[value eq "looms"]', value: 'Engines' }], skilled)
    expect(replaced[acme]).toEqual({ skills: ['Algebra', 'Engines'] })
    expect(changed([{ op: 'add', path: 'skills[value eq "looms"]', value: 'Engines' }], skilled)).toEqual(replaced)
    const removed = changed([{ op: 'remove', path: 'skills[value eq "looms"]' }], skilled)
    expect(removed[acme]).toEqual({ skills: ['Algebra'] })
  })
})

describe('PA-18: a list that loses its last element is unassigned', () => {
  it.each([
    { op: 'remove', path: 'emails[type eq "work"]' },
    { op: 'remove', path: 'emails', value: [{ value: 'ada@example.com' }] },
    { op: 'remove', path: 'emails' },
  ])('%j', (operation) => {
    expect(Object.hasOwn(changed([operation], workOnly), 'emails')).toBe(false)
  })
})

describe('PA-19: no element matches', () => {
  const path = 'phoneNumbers[type eq "work"].value'

  it.each(['add', 'replace'])('%s makes the element that the filter describes', (op) => {
    const { resource, rules } = patch(user, ada, [{ op, path, value: '+1 555 0100' }])
    expect(resource.phoneNumbers).toEqual([{ type: 'work', value: '+1 555 0100' }])
    expect(rules).toEqual(['createOnUnmatchedFilter'])
    const whole = changed([{ op, path: 'phoneNumbers[type eq "work"]', value: { value: '1', display: null } }])
    expect(whole.phoneNumbers).toEqual([{ type: 'work', value: '1' }])
  })

  it('its terms are in the types of their attributes', () => {
    const created = changed([{ op: 'add', path: 'roles[type eq "app" and primary eq "True"].value', value: 'admin' }])
    expect(created.roles).toEqual([{ type: 'app', primary: true, value: 'admin' }])
  })

  const refusals: { name: string; op: string; path: string }[] = [
    { name: 'a filter with or', op: 'add', path: 'phoneNumbers[type eq "work" or type eq "home"].value' },
    { name: 'a filter with not', op: 'add', path: 'phoneNumbers[not (type eq "work")].value' },
    { name: 'another operator', op: 'add', path: 'phoneNumbers[type sw "work"].value' },
    { name: 'a presence test', op: 'add', path: 'phoneNumbers[type pr].value' },
    { name: 'an eq beside another operator', op: 'add', path: 'phoneNumbers[type eq "work" and value sw "1"].display' },
    {
      name: 'terms that contradict each other',
      op: 'add',
      path: 'phoneNumbers[type eq "work" and type eq "home"].value',
    },
    { name: 'a comparison with null', op: 'add', path: 'phoneNumbers[type eq null].value' },
    { name: 'a readOnly sub-attribute', op: 'add', path: `${acme}:devices[lastSeen eq "2026-01-01T00:00:00Z"].serial` },
    { name: 'a list within an element', op: 'add', path: `${acme}:devices[ports eq 1].serial` },
    { name: 'an element of a simple list', op: 'add', path: `${acme}:skills[value eq "Algebra"]` },
    { name: 'replace where the filter names the element', op: 'replace', path: 'phoneNumbers[value eq "1"].display' },
  ]
  it.each(refusals)('$name is noTarget', ({ op, path: target }) => {
    expect(refused([{ op, path: target, value: 'x' }])).toBe('noTarget')
  })

  it('add through a filter that names the element makes it', () => {
    const added = patch(group, sales, [{ op: 'add', path: 'members[value eq "u3"]', value: { type: 'User' } }]).resource
    expect(added.members).toEqual([...(sales.members as object[]), { value: 'u3', type: 'User' }])
    expect(
      refusal(() => patch(group, sales, [{ op: 'replace', path: 'members[value eq "u3"]', value: { type: 'User' } }])),
    ).toBe('noTarget')
  })

  it('an element that is there but for one term is completed, not doubled', () => {
    const added = changed([
      { op: 'add', path: 'emails[type eq "home" and primary eq true].value', value: 'ada@home.example' },
    ])
    expect(added.emails).toEqual([
      { value: 'ada@example.com', type: 'work', primary: false },
      { value: 'ada@home.example', type: 'home', primary: true },
    ])
  })

  it('a sub-attribute of every element of an empty list makes one', () => {
    const { resource, rules } = patch(user, ada, [{ op: 'add', path: 'phoneNumbers.value', value: '1' }])
    expect(resource.phoneNumbers).toEqual([{ value: '1' }])
    expect(rules).toEqual(['createOnUnmatchedFilter'])
  })

  it('unassigning what is not there is a removal', () => {
    expect(changed([{ op: 'replace', path, value: null }])).toBe(ada)
    expect(changed([{ op: 'replace', path: 'phoneNumbers.value', value: null }])).toBe(ada)
    expect(changed([{ op: 'add', path, value: null }])).toBe(ada)
  })
})

describe('PA-20: remove without a match succeeds', () => {
  it.each(['emails[type eq "fax"]', 'emails[type eq "fax"].value', 'phoneNumbers[type eq "work"]'])('%s', (path) => {
    const { resource, rules } = patch(user, ada, [{ op: 'remove', path }])
    expect(resource).toBe(ada)
    expect(rules).toEqual(['absentRemoval'])
  })
})

describe('PA-21: required attributes', () => {
  it.each([
    { op: 'remove', path: 'userName' },
    { op: 'replace', path: 'userName', value: null },
    { op: 'replace', value: { userName: null } },
    { op: 'remove', path: 'id' },
    { op: 'remove', path: 'meta' },
  ])('cannot be removed: %j', (operation) => {
    expect(refused([operation])).toBe('mutability')
  })

  it('nor required sub-attributes, while their value stays', () => {
    const seated = changed([{ op: 'add', path: `${acme}:office`, value: { building: 'B1', floor: 1 } }])
    expect(refused([{ op: 'remove', path: `${acme}:office.building` }], seated)).toBe('mutability')
    expect(refused([{ op: 'replace', path: `${acme}:office`, value: { building: null } }], seated)).toBe('mutability')
    expect(changed([{ op: 'remove', path: `${acme}:office` }], seated)).toEqual(ada)
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

describe('PA-23: booleans as texts', () => {
  it.each(['True', 'true', 'TRUE'])('%s is true', (value) => {
    const { resource, rules } = patch(user, { ...ada, active: false }, [{ op: 'replace', path: 'active', value }])
    expect(resource.active).toBe(true)
    expect(rules).toEqual(['stringBooleans'])
  })

  it('also in values, in lists and in filters', () => {
    const { resource } = patch(user, ada, [
      { op: 'replace', value: { active: 'False' } },
      { op: 'replace', path: 'emails[primary eq "True"].value', value: 'x@example.com' },
      { op: 'add', path: 'roles', value: [{ value: 'admin', primary: 'TRUE' }] },
    ])
    expect(resource).toMatchObject({
      active: false,
      emails: [{ value: 'x@example.com', primary: true }, {}],
      roles: [{ value: 'admin', primary: true }],
    })
  })

  it.each(['yes', '1', '', ' true'])('%j is invalidValue', (value) => {
    expect(refused([{ op: 'replace', path: 'active', value }])).toBe('invalidValue')
  })
})

describe('PA-25: a sub-attribute that the type does not have', () => {
  it('is invalidPath behind a filter', () => {
    expect(
      refusal(() => patch(group, sales, [{ op: 'replace', path: 'members[value eq "u1"].displayName', value: 'x' }])),
    ).toBe('invalidPath')
  })
})

describe('sub-attributes of every element', () => {
  it('are set and removed in each', () => {
    expect(changed([{ op: 'replace', path: 'emails.type', value: 'other' }]).emails).toEqual([
      { value: 'ada@example.com', type: 'other', primary: true },
      { value: 'ada@home.example', type: 'other' },
    ])
    expect(changed([{ op: 'remove', path: 'emails.type' }]).emails).toEqual([
      { value: 'ada@example.com', primary: true },
      { value: 'ada@home.example' },
    ])
  })

  it('that are lists themselves are appended to, replaced and emptied', () => {
    const path = `${acme}:devices[serial eq "S"].ports`
    const one = changed([{ op: 'add', path: `${acme}:devices`, value: [{ serial: 'S', ports: [1] }] }])
    expect(changed([{ op: 'add', path, value: [1, 2] }], one)[acme]).toEqual({
      devices: [{ serial: 'S', ports: [1, 2] }],
    })
    expect(changed([{ op: 'replace', path, value: [3] }], one)[acme]).toEqual({
      devices: [{ serial: 'S', ports: [3] }],
    })
    expect(changed([{ op: 'remove', path, value: [1] }], one)[acme]).toEqual({ devices: [{ serial: 'S' }] })
    expect(
      changed([
        { op: 'add', path: `${acme}:office.rooms`, value: ['R1'] },
        { op: 'add', path: `${acme}:office`, value: { building: 'B' } },
      ])[acme],
    ).toEqual({
      office: { rooms: ['R1'], building: 'B' },
    })
  })
})
