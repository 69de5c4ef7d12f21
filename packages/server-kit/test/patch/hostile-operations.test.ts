import { ScimError } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { acme, ada, enterprise, group, patch, sales, user } from './definitions.js'

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  '__defineGetter__',
  '__lookupSetter__',
  'isPrototypeOf',
]
const places = [
  (name: string) => name,
  (name: string) => `${name}.polluted`,
  (name: string) => `constructor.prototype.${name}`,
  (name: string) => `name.${name}`,
  (name: string) => `emails.${name}`,
  (name: string) => `emails[${name} eq "x"].value`,
  (name: string) => `emails[type eq "work"].${name}`,
  (name: string) => `${enterprise}:${name}`,
  (name: string) => `${acme}:office.${name}`,
  (name: string) => `urn:${name}:x:${name}`,
]
const values = (name: string): readonly unknown[] => [
  'polluted',
  JSON.parse(`{"${name}":{"polluted":1}}`),
  JSON.parse(`{"name":{"${name}":{"polluted":1},"givenName":"x"}}`),
  JSON.parse(`{"emails":[{"${name}":{"polluted":1},"value":"x"}]}`),
  JSON.parse(`{"${enterprise}":{"${name}":{"polluted":1},"department":"x"}}`),
]

/** Every member of the built-ins, one after the other, with what it is. */
function builtIns(): readonly unknown[] {
  const constructors = [
    Object,
    Array,
    Function,
    String,
    Number,
    Boolean,
    Map,
    Set,
    WeakMap,
    Promise,
    RegExp,
    Date,
    Error,
  ]
  const objects: readonly object[] = [JSON, Reflect, Math, ...constructors, ...constructors.map((one) => one.prototype)]
  return objects.flatMap((object) =>
    Reflect.ownKeys(object).flatMap((key) => {
      const { value, get, set, writable } = Reflect.getOwnPropertyDescriptor(object, key) ?? {}
      return [key, value, get, set, writable]
    }),
  )
}

/** Whether an operation is refused as the protocol says; what it leads to otherwise. */
function attempt(operation: object): Readonly<Record<string, unknown>> | undefined {
  try {
    return patch(user, ada, [operation]).resource
  } catch (error) {
    if (ScimError.is(error) && error.status === 400) return undefined
    throw error
  }
}

describe('paths and keys that name what every object inherits', () => {
  it('reach nothing: built-ins stay as they are, and the resource holds attributes alone', () => {
    const before = builtIns()
    const operations = names.flatMap((name) =>
      ['add', 'replace', 'remove'].flatMap((op) => [
        ...places.flatMap((place) => values(name).map((value) => ({ op, path: place(name), value }))),
        ...values(name).map((value) => ({ op, value })),
        ...['name', 'emails', enterprise, `${acme}:office`, 'schemas'].flatMap((path) =>
          values(name).map((value) => ({ op, path, value })),
        ),
      ]),
    )
    expect(operations.length).toBeGreaterThan(400)
    const reached = operations.filter((operation) => {
      const patched = attempt(operation) ?? {}
      const text = JSON.stringify(patched)
      return Object.getPrototypeOf(patched) !== Object.prototype || names.some((name) => text.includes(`"${name}":`))
    })
    expect(reached).toEqual([])
    const after = builtIns()
    expect(after).toHaveLength(before.length)
    expect(after.findIndex((member, at) => !Object.is(member, before[at]))).toBe(-1)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('an attribute that is not stored is not found in the prototype', () => {
    const bare = Object.create({
      displayName: 'inherited',
      emails: [{ type: 'work' }],
      [enterprise]: { department: 'x' },
    })
    expect(patch(user, bare, [{ op: 'remove', path: 'displayName' }]).resource).toBe(bare)
    expect(patch(user, bare, [{ op: 'remove', path: 'emails[type eq "work"]' }]).resource).toBe(bare)
    expect(patch(user, bare, [{ op: 'remove', path: enterprise }]).resource).toBe(bare)
  })

  it('members of operations that are inherited do not count', () => {
    const operation = Object.create({ op: 'remove', path: 'members' })
    expect(() => patch(group, sales, [operation])).toThrow('op must be')
  })
})
