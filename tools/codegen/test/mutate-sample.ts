import { attributesOf, type ResourceUse } from '@scimkit/core/documents'
import type { Attribute } from '@scimkit/core/schema'

type Json = Record<string, unknown>

/** One value of a resource spoilt: nothing else differs from the sound one. */
export interface Mutation {
  /** What was done, such as `emails.value is 1`. */
  readonly name: string
  /** Name of the attribute at the top that has the fault. */
  readonly attribute: string
  readonly given: Json
}

const wrong: Readonly<Record<Attribute['type'], readonly unknown[]>> = {
  string: [1, true, { value: 'x' }, ['x'], -1.5, false, [1], {}, [{}]],
  boolean: ['maybe', 1, { value: true }, [true], 0],
  decimal: ['one', true, { value: 1 }, [1], '1'],
  integer: ['one', 1.5, true, { value: 1 }, [1], '1', 2 ** 60],
  dateTime: ['yesterday', 1, { value: 'x' }, '2026-02-30T00:00:00Z', '2026-01-31', true],
  binary: ['*', 1, { value: 'x' }, ['TQ=='], '=', true],
  reference: ['not a uri', 1, { value: 'x' }, ['https://example.com'], true],
  any: [],
  complex: ['x', 1, true, [1], ['x'], [[]]],
}

/** Of `schemas` any text will do, since servers send what is not a URI there. */
const typeOf = ({ name, type }: Attribute) => (name === 'schemas' ? 'string' : type)

/**
 * Spoils a sound resource in every way that the schema forbids: wrong types, wrong elements, missing and empty values
 * where one is required, at every level.
 *
 * @param sample Sound resource with a value for every attribute.
 * @param attributes Attributes of it, those that every resource has included.
 * @param use Shape that the sample has.
 * @returns The spoilt resources, those of one attribute beside one another.
 */
export function mutateSample(
  sample: Readonly<Json>,
  attributes: readonly Attribute[],
  use: ResourceUse,
): readonly Mutation[] {
  return attributesOf(attributes, use).flatMap((attribute) =>
    spoil(sample, attribute, use).map(({ path, value }) => ({
      name: `${path} is ${JSON.stringify(value) ?? 'missing'}`,
      attribute: attribute.name,
      given: set(sample, path.split('.'), value),
    })),
  )
}

interface Spoilt {
  readonly path: string
  readonly value: unknown
}

function spoil(holder: Readonly<Json>, attribute: Attribute, use: ResourceUse): readonly Spoilt[] {
  const { name, multiValued, subAttributes } = attribute
  const wrongValues = wrong[typeOf(attribute)]
  const present = holder[name]
  const spoilt = (value: unknown): Spoilt => ({ path: name, value })
  const demanded =
    attribute.required && attribute.returned !== 'request' && name !== 'schemas'
      ? [spoilt(undefined), spoilt(null)]
      : []
  if (!multiValued) return [...demanded, ...wrongValues.map(spoilt), ...spoilInside(name, present, subAttributes, use)]
  const elements = present as readonly unknown[] // the sample has a value for every attribute
  const lists = ['x', 1, true].map(spoilt)
  const wrongElements = [null, ...wrongValues].map((value) => spoilt([...elements, value]))
  return [...demanded, ...lists, ...wrongElements, ...spoilInside(`${name}.0`, elements[0], subAttributes, use)]
}

function spoilInside(
  path: string,
  value: unknown,
  subAttributes: readonly Attribute[] = [],
  use: ResourceUse,
): readonly Spoilt[] {
  return attributesOf(subAttributes, use).flatMap(
    (sub) => spoil(value as Json, sub, use).map((spoilt) => ({ path: `${path}.${spoilt.path}`, value: spoilt.value })), // a complex value
  )
}

function set<T extends Readonly<Json> | readonly unknown[]>(
  holder: T,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): T {
  const copy = (Array.isArray(holder) ? [...holder] : { ...holder }) as Json // lists are indexed by text here
  if (rest.length > 0) copy[name] = set(copy[name] as Json, rest, value)
  else if (value === undefined) delete copy[name]
  else copy[name] = value
  return copy as T // the same kind as before
}

/**
 * Picks some of many, evenly.
 *
 * @param items What to pick from.
 * @param count How many at the most.
 * @returns Those picked, in their order.
 */
export function pickEvenly<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items
  return items.filter(
    (_, index) => Math.floor((index * count) / items.length) !== Math.floor(((index - 1) * count) / items.length),
  )
}
