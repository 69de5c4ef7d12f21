import fc from 'fast-check'
import { acme, enterprise } from './definitions.js'

/** Random resources and operations that mean something to them: few names and values, so that they meet. */

const value = fc.constantFrom('a', 'A', 'b', 'ada@example.com')
const type = fc.constantFrom('work', 'home', 'other')
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const element: fc.Arbitrary<object> = fc
  .record({
    value,
    type: optional(type),
    display: optional(fc.constantFrom('x', 'y')),
    primary: optional(fc.boolean()),
  })
  .map(dropUndefined)
const name = fc
  .record({ givenName: optional(value), familyName: optional(value), formatted: optional(value) })
  .map(dropUndefined)
const device = fc
  .record({
    serial: fc.constantFrom('S1', 'S2', 's1'),
    model: optional(value),
    ports: optional(fc.array(fc.nat(3), { minLength: 1, maxLength: 3 })),
  })
  .map(dropUndefined)

/** A user in schema spelling, without unassigned values and with at most one primary in a list. */
export const resource: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .record({
    title: optional(value),
    active: optional(fc.boolean()),
    name: optional(name),
    emails: optional(elements(element)),
    phoneNumbers: optional(elements(element)),
    department: optional(value),
    manager: optional(value),
    skills: optional(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })),
    devices: optional(fc.uniqueArray(device, { minLength: 1, maxLength: 3, selector: ({ serial }) => serial })),
  })
  .map(({ department, manager, skills, devices, ...rest }) => {
    const work = dropUndefined({ department, manager: manager && { value: manager } })
    const extra = dropUndefined({ skills, devices })
    const containers = { ...(hasMembers(work) && { [enterprise]: work }), ...(hasMembers(extra) && { [acme]: extra }) }
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User', ...Object.keys(containers)]
    return dropUndefined({
      schemas,
      id: 'u1',
      userName: 'ada',
      ...rest,
      name: hasMembers(rest.name) ? rest.name : undefined,
      ...containers,
    })
  })

/** A path with a value that fits it. */
export interface Write {
  readonly path: string
  /** Name of the attribute at the root, or of the container that holds it. */
  readonly root: string
  readonly value: unknown
}

const write = (path: string, fitting: fc.Arbitrary<unknown>): fc.Arbitrary<Write> => {
  const root = path.startsWith('urn:') ? path.slice(0, path.lastIndexOf(':')) : (/^\w+/.exec(path)?.[0] ?? path)
  return fitting.map((given) => ({ path, root, value: given }))
}
const filter = fc.constantFrom(
  'type eq "work"',
  'value eq "a"',
  'primary eq true',
  'type eq "home" and value eq "a"',
  'type pr',
  'not (value eq "a")',
)

const wholeWrites: readonly fc.Arbitrary<Write>[] = [
  write('title', value),
  write('active', fc.boolean()),
  write('name', name.filter(hasMembers)),
  write('name.givenName', value),
  write('emails', fc.array(element, { minLength: 1, maxLength: 4 })),
  write('phoneNumbers', fc.array(element, { minLength: 1, maxLength: 12 })),
  write(`${enterprise}:department`, value),
  write(`${enterprise}:manager`, fc.record({ value })),
  write(`${acme}:skills`, fc.array(fc.constantFrom('a', 'b', 'C'), { minLength: 1, maxLength: 4 })),
  write(`${acme}:devices`, fc.array(device, { minLength: 1, maxLength: 3 })),
]

/** A write to a value as a whole: a singular one or a list. */
export const wholeWrite: fc.Arbitrary<Write> = fc.oneof(...wholeWrites)

/** Two such writes to one path. */
export const twoWrites: fc.Arbitrary<readonly [Write, Write]> = fc.oneof(
  ...wholeWrites.map((one) => fc.tuple(one, one)),
)

/** Writes to single elements and their sub-attributes. */
export const elementWrite: fc.Arbitrary<Write> = fc.oneof(
  filter.chain((text) => write(`emails[${text}]`, element)),
  filter.chain((text) => write(`phoneNumbers[${text}].value`, value)),
  filter.chain((text) => write(`emails[${text}].primary`, fc.boolean())),
  write('emails.display', value),
  fc
    .constantFrom('S1', 's1')
    .chain((serial) =>
      write(`${acme}:devices[serial eq "${serial}"].ports`, fc.array(fc.nat(3), { minLength: 1, maxLength: 3 })),
    ),
)

/** Any write. */
export const anyWrite: fc.Arbitrary<Write> = fc.oneof(wholeWrite, elementWrite)

/** An operation: mostly one that can be done, now and then one that cannot. */
export const operation: fc.Arbitrary<object> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom('add', 'replace', 'remove', 'Add', 'Replace'), anyWrite)
      .map(([op, { path, value: given }]) => ({ op, path, ...(op !== 'remove' && { value: given }) })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('add', 'replace'), fc.array(wholeWrite, { minLength: 1, maxLength: 3 }))
      .map(([op, writes]) => ({ op, value: Object.fromEntries(writes.map((one) => [one.path, one.value])) })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { op: 'remove', path: 'userName' },
      { op: 'replace', path: 'active', value: 5 },
      { op: 'replace', path: 'id', value: 'u2' },
      { op: 'add', path: 'colour', value: 'red' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyWrite, fc.constantFrom(null, [], '', {}))
      .map(([{ path }, nothing]) => ({ op: 'replace', path, value: nothing })),
  },
)

/** Operations that no well-meaning client sends. */
export const hostileOperation: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({
    op: fc.constantFrom('add', 'replace', 'remove'),
    path: fc.oneof(
      fc.constantFrom(
        '__proto__',
        'constructor',
        'toString.x',
        'constructor.prototype',
        '__proto__.polluted',
        'name.__proto__',
        'emails[__proto__ eq "x"].value',
        'emails[constructor pr]',
        'hasOwnProperty',
        `${enterprise}:__proto__`,
        `${acme}:constructor.prototype`,
        'prototype',
        'valueOf',
      ),
      fc.string(),
    ),
    value: fc.oneof(
      fc.json().map(parseJson),
      fc.constant(parseJson('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')),
    ),
  }),
  fc.record({
    op: fc.constantFrom('add', 'replace'),
    value: fc.oneof(
      fc.constant(parseJson('{"__proto__":{"polluted":1}}')),
      fc.constant(parseJson('{"name":{"__proto__":{"polluted":1},"givenName":"x"}}')),
      fc.constant(parseJson('{"emails":[{"__proto__":{"polluted":1},"value":"x"}]}')),
      fc.constant(parseJson(`{"${enterprise}":{"__proto__":{"polluted":1},"constructor":{"polluted":1}}}`)),
      fc.constant(parseJson('{"constructor.prototype.polluted":1,"__proto__.polluted":1}')),
      fc.dictionary(fc.string(), fc.json().map(parseJson)),
    ),
  }),
  fc.json().map(parseJson),
)

function elements(arbitrary: fc.Arbitrary<object>): fc.Arbitrary<readonly object[]> {
  const pair = (given: object) =>
    JSON.stringify([Reflect.get(given, 'value'), Reflect.get(given, 'type')]).toLowerCase()
  return fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 4, selector: pair }).map((list) => {
    let seen = false
    return list.map((given) => {
      if (Reflect.get(given, 'primary') !== true) return given
      const primary = !seen
      seen = true
      return { ...given, primary }
    })
  })
}

function dropUndefined<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined)) as T // members that are absent may be
}

function hasMembers(members: object | undefined): boolean {
  return members !== undefined && Object.keys(members).length > 0
}

function parseJson(text: string): unknown {
  return JSON.parse(text)
}
