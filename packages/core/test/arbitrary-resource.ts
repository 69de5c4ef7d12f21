import fc from 'fast-check'
import { commonAttributes } from '../src/internal.js'
import type { Attribute, AttributeType, ResourceDefinition } from '../src/schema.js'

const goodValues: Readonly<Record<Exclude<AttributeType, 'complex'>, fc.Arbitrary<unknown>>> = {
  // From few texts: how they are spelled matters to no validator, and random texts take most of the time.
  string: fc.constantFrom('work', 'home', 'Ada', 'é', '𐐀', 'x'.repeat(300), ' ', ''),
  boolean: fc.boolean(),
  decimal: fc.double({ noNaN: true, noDefaultInfinity: true }),
  integer: fc.integer(),
  dateTime: fc.constantFrom('2026-01-31T09:30:00Z', '2024-02-29T23:59:59.123456+14:00', '0001-01-01T00:00:00'),
  binary: fc.constantFrom('', 'TQ==', 'TQ', 'TWFu', '+/+/'),
  any: fc.oneof(fc.string(), fc.integer(), fc.boolean()),
  reference: fc.constantFrom('../Users/1', 'https://example.com/a', 'urn:x-y:z', ''),
}

const strangeValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    [],
    {},
    [{}],
    [null],
    { value: null },
    '',
    'not a uri',
    '2026-01-31',
    1.5,
    2 ** 60,
    'true',
    '====',
    true,
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

const unknownNames = fc.constantFrom('foo', '__proto__', 'constructor', 'toString', 'USERNAME', 'urn:x:y')

/**
 * Resources of a definition: mostly sound, with strange values, unknown names and missing attributes between.
 *
 * @param definition Definition whose attributes they have.
 * @param strangeness How many of ten values are strange.
 * @returns The resources as JSON gives them.
 */
export function arbitraryResource(definition: ResourceDefinition, strangeness: number): fc.Arbitrary<object> {
  const containers = definition.extensions.map(({ extension }): [string, fc.Arbitrary<unknown>] => [
    extension.urn,
    mostly(arbitraryObject(extension.schema.attributes, strangeness), strangeness),
  ])
  return arbitraryObject([...commonAttributes, ...definition.schema.attributes], strangeness, containers)
}

function arbitraryObject(
  attributes: readonly Attribute[],
  strangeness: number,
  others: readonly [string, fc.Arbitrary<unknown>][] = [],
): fc.Arbitrary<object> {
  const members = attributes.map((attribute): [string, fc.Arbitrary<unknown>] => [
    attribute.name,
    mostly(arbitraryValue(attribute, strangeness), strangeness),
  ])
  const required = attributes.filter((attribute) => attribute.required).map(({ name }) => name)
  const model = Object.fromEntries([...members, ...others])
  const known =
    strangeness === 0 ? fc.record(model, { requiredKeys: required }) : fc.record(model, { requiredKeys: [] })
  if (strangeness === 0) return known
  const unknown = fc.dictionary(unknownNames, strangeValues, { maxKeys: 1 })
  // As JSON.parse does it: `__proto__` becomes a member like any other.
  return fc
    .tuple(known, unknown)
    .map(([left, right]) => Object.fromEntries([...Object.entries(left), ...Object.entries(right)]))
}

function arbitraryValue(attribute: Attribute, strangeness: number): fc.Arbitrary<unknown> {
  const element =
    attribute.type === 'complex'
      ? arbitraryObject(attribute.subAttributes ?? [], strangeness)
      : goodValues[attribute.type]
  return attribute.multiValued ? fc.array(element, { maxLength: 3 }) : element
}

function mostly(good: fc.Arbitrary<unknown>, strangeness: number): fc.Arbitrary<unknown> {
  if (strangeness === 0) return good
  return fc.oneof({ arbitrary: good, weight: 10 - strangeness }, { arbitrary: strangeValues, weight: strangeness })
}
