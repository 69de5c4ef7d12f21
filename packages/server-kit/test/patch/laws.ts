import { ScimError } from '@scimkit/core/schema'
import fc from 'fast-check'
import {
  anyWrite,
  elementWrite,
  hostileOperation,
  operation,
  resource,
  twoWrites,
  type Write,
  wholeWrite,
} from './arbitrary-patches.js'
import { acme, deepFreeze, patch, user } from './definitions.js'

/** A law of PATCH: a sentence and a property that random cases try to break. */
export interface Law {
  readonly name: string
  readonly property: fc.IProperty<unknown>
}

type Resource = Readonly<Record<string, unknown>>

const given = resource.map(deepFreeze)

/** Applies operations; `undefined` when they are refused. Anything but a refusal of the protocol is a fault. */
function attempt(before: Resource, operations: readonly unknown[]): Resource | undefined {
  try {
    return patch(user, before, operations).resource
  } catch (error) {
    if (ScimError.is(error) && error.status === 400 && error.scimType !== undefined) return undefined
    throw error
  }
}

const same = (left: unknown, right: unknown) => canonical(left) === canonical(right)
const replace = ({ path, value }: Write) => ({ op: 'replace', path, value })
const add = ({ path, value }: Write) => ({ op: 'add', path, value })

/** The laws; each is tried on its own. */
export const laws: readonly Law[] = [
  {
    name: 'the same operation twice is the operation once, and gives the same reference the second time',
    property: fc.property(given, operation, (before, one) => {
      fc.pre(!movesElements(one) && !contradictsItself(one))
      const once = attempt(before, [one])
      return once === undefined || attempt(once, [one]) === once
    }),
  },
  {
    name: 'nothing beside the path is touched',
    property: fc.property(
      given,
      anyWrite,
      fc.constantFrom('add', 'replace', 'remove'),
      (before, { path, root, value }, op) => {
        const after = attempt(before, [{ op, path, ...(op !== 'remove' && { value }) }])
        const names = new Set([...Object.keys(before), ...Object.keys(after ?? before)])
        return [...names].every(
          (name) => name === root || name === 'schemas' || after?.[name] === before[name] || !after,
        )
      },
    ),
  },
  {
    name: 'a part that is not touched refuses nothing, whatever it lacks',
    property: fc.property(given, operation, (before, one) => {
      fc.pre(!/schemas|acme/i.test(JSON.stringify(one)))
      const schemas = [...new Set([...(before.schemas as readonly string[]), acme])]
      const lacking = { office: { floor: 1 }, devices: [{ model: 'M' }] }
      const faulty = deepFreeze({ ...before, schemas, [acme]: { ...(before[acme] as object | undefined), ...lacking } })
      const [after, even] = [attempt(before, [one]), attempt(faulty, [one])]
      if (!after || !even) return after === even
      return (
        same({ ...after, schemas: 0, [acme]: 0 }, { ...even, schemas: 0, [acme]: 0 }) && even[acme] === faulty[acme]
      )
    }),
  },
  {
    name: 'of two replaces of one path the last counts',
    property: fc.property(given, twoWrites, (before, [first, second]) => {
      fc.pre(!isMerged(second))
      return same(attempt(before, [replace(first), replace(second)]), attempt(before, [replace(second)]))
    }),
  },
  {
    name: 'what is replaced is there as it was sent',
    property: fc.property(given, wholeWrite, (before, one) => {
      fc.pre(!Array.isArray(one.value) && !isMerged(one))
      return same(readPath(attempt(before, [replace(one)]), one), one.value)
    }),
  },
  {
    name: 'a list that is replaced is the one that was sent, each pair of value and type once',
    property: fc.property(given, wholeWrite, (before, one) => {
      fc.pre(Array.isArray(one.value) && !isKnownIn(before, one))
      const after = attempt(before, [replace(one)])
      return after === undefined || same(readPath(after, one), sentList(one.value as readonly unknown[]))
    }),
  },
  {
    name: 'what is removed and added again is what was added',
    property: fc.property(given, wholeWrite, (before, one) => {
      fc.pre(!contradictsItself(add(one)))
      const both = attempt(before, [{ op: 'remove', path: one.path }, add(one)])
      return same(both, attempt(before, [{ op: 'remove', path: one.path }, replace(one)]))
    }),
  },
  {
    name: 'what is added to nothing and removed leaves nothing behind',
    property: fc.property(given, wholeWrite, (before, one) => {
      const without = attempt(before, [{ op: 'remove', path: one.path }])
      return same(
        attempt(before, [{ op: 'remove', path: one.path }, add(one), { op: 'remove', path: one.path }]),
        without,
      )
    }),
  },
  {
    name: 'a resource that is sent back whole changes nothing',
    property: fc.property(given, fc.constantFrom('add', 'replace'), (before, op) => {
      return attempt(before, [{ op, value: before }]) === before
    }),
  },
  {
    name: 'adds of one list commute with respect to the set of values',
    property: fc.property(given, twoWrites, (before, [first, second]) => {
      fc.pre([first, second].every(isListOfPairs))
      const one = attempt(before, [add(first), add(second)])
      const other = attempt(before, [add(second), add(first)])
      return same(pairs(readPath(one, first)), pairs(readPath(other, first)))
    }),
  },
  {
    name: 'operations in one request are the operations one after the other, all of them or none',
    property: fc.property(given, fc.array(operation, { maxLength: 5 }), (before, operations) => {
      const text = canonical(before)
      let stepwise: Resource | undefined = before
      for (const one of operations) stepwise = stepwise && attempt(stepwise, [one])
      return same(attempt(before, operations), stepwise) && canonical(before) === text
    }),
  },
  {
    name: 'a path-less value is its members one by one',
    property: fc.property(given, fc.array(wholeWrite, { minLength: 1, maxLength: 4 }), (before, writes) => {
      const value = Object.fromEntries(writes.map((one) => [one.path, one.value]))
      const operations = Object.entries(value).map(([path, one]) => ({ op: 'add', path, value: one }))
      return same(attempt(before, [{ op: 'add', value }]), attempt(before, operations))
    }),
  },
  {
    name: 'one primary at most, nothing unassigned, schemas true',
    property: fc.property(given, fc.array(operation, { maxLength: 4 }), (before, operations) => {
      const after = attempt(before, operations)
      return after === undefined || isSound(after)
    }),
  },
  {
    name: 'no pair of value and type twice in a list that is written as a whole',
    property: fc.property(given, fc.array(fc.tuple(fc.constantFrom(add, replace), wholeWrite)), (before, writes) => {
      const after = attempt(
        before,
        writes.map(([make, one]) => make(one)),
      )
      return after === undefined || ['emails', 'phoneNumbers'].every((name) => isUnique(after[name]))
    }),
  },
  {
    name: 'a filter reaches every element that it selects and no other',
    property: fc.property(given, elementWrite, (before, { path, root, value }) => {
      fc.pre(/^emails\[.*\]$/.test(path))
      const after = attempt(before, [{ op: 'remove', path }])
      const kept = (after?.[root] ?? []) as readonly unknown[]
      const list = (before[root] ?? []) as readonly unknown[]
      const again = attempt({ ...before, [root]: kept }, [{ op: 'remove', path }])
      return value !== undefined && kept.every((element) => list.includes(element)) && same(again?.[root] ?? [], kept)
    }),
  },
  {
    name: 'hostile paths and values are refused or harmless, and no built-in changes',
    property: fc.property(given, hostileOperation, (before, one) => {
      const after = attempt(before, [one])
      const untouched = Reflect.get({}, 'polluted') === undefined && Reflect.get([], 'polluted') === undefined
      return untouched && (after === undefined || isSound(after))
    }),
  },
]

/** Through a filter that asks about what it writes, an operation may move an element out of its own reach, or into it. */
function movesElements(one: object): boolean {
  const path = String(Reflect.get(one, 'path') ?? '')
  if (!path.includes('[') || path.endsWith('.ports')) return false
  return !/^phoneNumbers\[(type|primary) [^[]*\]\.value$/.test(path) || path.includes('value eq')
}

/** Says two things of one attribute, or of one element, of which only the last can hold. */
function contradictsItself(one: object): boolean {
  const { path, value } = one as { readonly path?: string; readonly value?: unknown }
  const writes: Resource = path === undefined ? (value as Resource) : { [path]: value }
  return (
    (Object.hasOwn(writes, 'name') && Object.hasOwn(writes, 'name.givenName')) ||
    Object.values(writes).some((list) => Array.isArray(list) && new Set(list.map(identityOf)).size < list.length)
  )
}

function identityOf(element: unknown): string {
  const { value, serial } = Object(element) as Resource
  return String(value ?? serial ?? element).toLowerCase()
}

/** `replace` of a complex attribute keeps what is not given (RFC 7644 §3.5.2.3). */
function isMerged({ path }: Write): boolean {
  return path === 'name' || path.endsWith(':manager')
}

/** An element that was there keeps what a client cannot write. */
function isKnownIn(before: Resource, one: Write): boolean {
  return ((readPath(before, one) ?? []) as readonly unknown[]).some(
    (element) =>
      typeof element === 'object' &&
      (one.value as readonly unknown[]).some((sent) => identityOf(sent) === identityOf(element)),
  )
}

function sentList(list: readonly unknown[]): readonly unknown[] | undefined {
  const seen = new Map<string, unknown>()
  for (const element of list) {
    const { value, type } = Object(element) as Resource
    const key =
      typeof element !== 'object'
        ? canonical(element)
        : value === undefined
          ? `#${seen.size}`
          : canonical([value, type])
    if (!seen.has(key)) seen.set(key, element)
  }
  const primary = [...seen.values()].findLastIndex((element) => Object(element).primary === true)
  const sent = [...seen.values()].map((element, at) =>
    Object(element).primary === true && at !== primary ? { ...(element as object), primary: false } : element,
  )
  return sent.length > 0 ? sent : undefined
}

function readPath(from: Resource | undefined, { path, root }: Write): unknown {
  const holder = path.startsWith('urn:') ? from?.[root] : from
  const names = path.startsWith('urn:') ? [path.slice(root.length + 1)] : path.split('.')
  return names.reduce((value: unknown, name) => (value as Resource | undefined)?.[name], holder)
}

/** An element without type is found in one with the same value and any type, but not the other way round. */
function isListOfPairs({ value }: Write): boolean {
  if (!Array.isArray(value)) return false
  return value.every(
    (element) => typeof element !== 'object' || Reflect.get(element, 'type') || Reflect.get(element, 'serial'),
  )
}

function pairs(list: unknown): readonly string[] {
  const elements = (list ?? []) as readonly unknown[]
  const key = (element: unknown) =>
    typeof element === 'object' && element !== null
      ? canonical([Reflect.get(element, 'value'), Reflect.get(element, 'type'), Reflect.get(element, 'serial')])
      : canonical(element)
  return [...new Set(elements.map((element) => key(element).toLowerCase()))].sort()
}

function isSound(after: Resource): boolean {
  const containers = Object.keys(after).filter((name) => name.startsWith('urn:'))
  const schemas = after.schemas as readonly string[]
  const lists = ['emails', 'phoneNumbers'].map((name) => (after[name] ?? []) as readonly Resource[])
  return (
    containers.every((urn) => schemas.includes(urn)) &&
    new Set(schemas).size === schemas.length &&
    lists.every((list) => list.filter(({ primary }) => primary === true).length <= 1) &&
    !hasUnassigned(after)
  )
}

function isUnique(list: unknown): boolean {
  const elements = ((list ?? []) as readonly Resource[]).filter(({ value }) => value)
  return new Set(elements.map(({ value, type }) => `${value} ${type}`)).size === elements.length
}

function hasUnassigned(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value !== 'object') return false
  const members = Object.values(value)
  return members.length === 0 || members.some(hasUnassigned)
}

/** JSON with members in the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  )
}
