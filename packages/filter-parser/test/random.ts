import type { Attribute, AttributePath } from '@scimkit/core/schema'
import type { ComparisonOperator, ComparisonValue, Filter } from '@scimkit/filter-parser'
import { badgeUrn, thingResource } from './thing-resource.js'

/** Repeatable source of chance (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    chance: (probability: number) => next() < probability,
    below: (count: number) => Math.floor(next() * count),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T, // never empty
  }
}
export type Random = ReturnType<typeof createRandom>

// Case pairs, full folding, composition, wildcards, quotes, planes, the ends of ranges, prefixes of each other.
const texts = [
  '',
  'a',
  'A',
  'ada',
  'Ada',
  'ADA',
  'ada lovelace',
  'a%',
  'A_b',
  'a\\b',
  "o'neil",
  'a"b',
  'straße',
  'STRASSE',
  'Straſſe',
]
  .concat([
    'e',
    'é',
    'e\u0301',
    'É',
    'İ',
    'i',
    'ﬁ',
    'fi',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '😀',
    '\u{10ffff}',
    '\u{10ffff}x',
    'K',
    'k',
    'ς',
    'Σ',
  ])
  .concat(['work', 'Work', '[a]', '*', '?', '日本', 'true', '1'])
const numbers = [0, 1, -1, 2, 3, 1.5, -2.25, 1e21, 9007199254740991, 0.1]
const integers = [0, 1, -1, 2, 3, 42, 9007199254740991]
const dates = [
  '2026-01-01T00:00:00.000Z',
  '2026-01-01T00:00:00.001Z',
  '2026-01-01T00:00:00.500Z',
  '2025-12-31T23:59:59.999Z',
  '1969-07-20T20:17:40.000Z',
  '0000-02-29T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
]
const dateLiterals = [
  ...dates,
  '2026-01-01T00:00:00Z',
  '2026-01-01T01:00:00+01:00',
  '2026-01-01T00:00:00',
  '2026-01-01T00:00:00.0005Z',
  '2026-01-01T00:00:00.00100000000Z',
  '2025-12-31T12:00:00-12:00',
]
const blobs = ['', 'AA==', 'AA', 'aa==', '+/8=', '-_8', 'AQID']
const links = [
  'https://example.com/a',
  'https://example.com/A',
  '/v2/Things/1',
  '/Things/1',
  '/v1/Things/1',
  'Things/2',
  '',
]

function valueFor(attribute: Attribute, random: Random): unknown {
  switch (attribute.type) {
    case 'boolean':
      return random.chance(0.5)
    case 'integer':
      return random.pick(integers)
    case 'decimal':
      return random.pick(numbers)
    case 'dateTime':
      return random.pick(dates)
    case 'binary':
      return random.pick(blobs)
    case 'reference':
      return random.pick(links)
    case 'complex':
      return membersOf(attribute.subAttributes ?? [], random)
    default:
      return random.pick(texts)
  }
}

function membersOf(attributes: readonly Attribute[], random: Random): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  for (const attribute of attributes) {
    if (random.chance(0.35)) continue
    if (!attribute.multiValued) members[attribute.name] = valueFor(attribute, random)
    else {
      const list = Array.from({ length: random.below(4) }, () => valueFor(attribute, random))
      members[attribute.name] = list.filter((element) => element !== '')
    }
  }
  return members
}

/** A resource as a store keeps it: no empty objects, no elements without a value. */
export function randomThing(random: Random, id: number): Record<string, unknown> {
  const thing = membersOf(thingResource.schema.attributes, random)
  for (const [name, value] of Object.entries(thing)) {
    if (Array.isArray(value)) thing[name] = value.filter((element) => element !== '' && !isEmptyObject(element))
    else if (isEmptyObject(value)) delete thing[name]
  }
  if (random.chance(0.6)) {
    const badge = membersOf(
      thingResource.extensions.flatMap(({ extension }) => extension.schema.attributes),
      random,
    )
    if (Object.keys(badge).length > 0) thing[badgeUrn] = badge
  }
  return { ...thing, id: String(id) }
}

/** Only objects with something in them are elements; an object of empty texts counts as one without a value too. */
function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((member) => member === '' || (Array.isArray(member) && member.length === 0))
  )
}

const operators: readonly ComparisonOperator[] = ['eq', 'eq', 'eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']

function literalFor(attribute: Attribute, random: Random): ComparisonValue {
  if (random.chance(0.05)) return null
  if (attribute.type === 'dateTime') return random.pick(dateLiterals)
  if (attribute.type === 'string' && random.chance(0.03)) return random.pick(['\0', 'a\0', '\ud800', 'x\udfff'])
  if (attribute.type === 'integer') return random.pick(numbers)
  return valueFor(attribute, random) as ComparisonValue // simple attributes alone come here
}

function operatorFor(attribute: Attribute, value: ComparisonValue, random: Random): ComparisonOperator {
  for (;;) {
    const operator = random.pick(operators)
    const parts = ['co', 'sw', 'ew'].includes(operator)
    const ordered = ['gt', 'ge', 'lt', 'le'].includes(operator)
    if (value === null && (parts || ordered)) continue
    if (parts && attribute.type !== 'string' && attribute.type !== 'reference') continue
    // Half a surrogate pair is not a character, so it has no place in the order of characters.
    if (ordered && /\p{Surrogate}/u.test(String(value))) continue
    if (ordered && (attribute.type === 'boolean' || attribute.type === 'binary')) continue
    return operator
  }
}

function randomCase(text: string, random: Random): string {
  return random.chance(0.2) ? text.toUpperCase() : text
}

function term(attribute: Attribute, path: AttributePath, random: Random): Filter {
  const compared =
    attribute.type === 'complex' ? attribute.subAttributes?.find(({ name }) => name === 'value') : attribute
  if (!compared || random.chance(0.15)) return { kind: 'present', path }
  const value = literalFor(compared, random)
  return { kind: 'comparison', path, operator: operatorFor(compared, value, random), value }
}

function leaf(random: Random): Filter {
  if (random.chance(0.15)) {
    const attribute = random.pick(thingResource.extensions.flatMap(({ extension }) => extension.schema.attributes))
    const path = { urn: randomCase(badgeUrn, random), name: randomCase(attribute.name, random) }
    return random.chance(0.5) ? dotted(attribute, path, random) : term(attribute, path, random)
  }
  if (random.chance(0.04))
    return {
      kind: 'comparison',
      path: { name: 'nothing' },
      operator: random.pick(operators),
      value: random.pick([null, 'x']),
    }
  const attribute = random.pick(thingResource.schema.attributes.filter(({ returned }) => returned !== 'never'))
  const name = randomCase(attribute.name, random)
  const subs = attribute.subAttributes
  const bracketed = subs ?? (attribute.multiValued ? [{ ...attribute, name: 'value', multiValued: false }] : undefined)
  if (bracketed && random.chance(0.5))
    return { kind: 'valuePath', path: { name }, filter: tree(random, 2, () => inner(bracketed, random)) }
  return random.chance(0.25) ? term(attribute, { name }, random) : dotted(attribute, { name }, random)
}

/** A term on a part of the attribute; of a simple list `value` is one. */
function dotted(attribute: Attribute, path: AttributePath, random: Random): Filter {
  const { subAttributes } = attribute
  if (!subAttributes) {
    const subAttribute = attribute.multiValued && random.chance(0.4) ? randomCase('value', random) : undefined
    return term(attribute, { ...path, ...(subAttribute && { subAttribute }) }, random)
  }
  const sub = random.pick(subAttributes)
  return term(sub, { ...path, subAttribute: randomCase(sub.name, random) }, random)
}

function inner(subs: readonly Attribute[], random: Random): Filter {
  const sub = random.pick(subs)
  return term(sub, { name: randomCase(sub.name, random) }, random)
}

function tree(random: Random, depth: number, makeLeaf: () => Filter): Filter {
  if (depth === 0 || random.chance(0.5)) return makeLeaf()
  if (random.chance(0.25)) return { kind: 'not', filter: tree(random, depth - 1, makeLeaf) }
  const filters = Array.from({ length: 2 + random.below(2) }, () => tree(random, depth - 1, makeLeaf))
  return { kind: random.pick(['and', 'or'] as const), filters }
}

/** A filter on things that their definition allows. */
export function randomFilter(random: Random): Filter {
  return tree(random, 3, () => leaf(random))
}
