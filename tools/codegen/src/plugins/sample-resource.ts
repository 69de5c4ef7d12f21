import { isPartOf, type ResourceUse } from '@scimkit/core/documents'
import type { AttributeModel, SchemaModel } from '../schema-model.js'

/** A sample as JSON. */
export type Sample = Readonly<Record<string, unknown>>

/**
 * Makes a valid sample of a schema: every attribute of the shape has a value. The same seed gives the same sample on
 * every machine, and samples of different seeds share no unique value.
 *
 * @param schema Schema to make a sample of; extensions are samples of their own.
 * @param use `input` for what a client sends, `output` for what a service provider answers.
 * @param seed Whole number, 0 or more.
 * @returns The sample.
 */
export function sampleResource(schema: SchemaModel, use: ResourceUse, seed: number): Sample {
  const common = schema.commonAttributes.length > 0 ? sampleCommon(schema, use, seed) : {}
  return { ...common, ...sampleMembers(schema.attributes, use, seed) }
}

function sampleCommon(schema: SchemaModel, use: ResourceUse, seed: number): Sample {
  const identity = { externalId: `external-${seed}` }
  if (use === 'input') return { schemas: [schema.id], ...identity }
  const id = `00000000-0000-4000-8000-${String(seed).padStart(12, '0')}`
  const time = sampleTime(seed)
  return {
    schemas: [schema.id],
    ...(schema.kind === 'resource' && { id, ...identity }),
    meta: {
      resourceType: schema.name,
      created: time,
      lastModified: time,
      location: `https://example.com/scim/v2/${id}`,
      version: `W/"${seed + 1}"`,
    },
  }
}

function sampleMembers(attributes: readonly AttributeModel[], use: ResourceUse, seed: number): Sample {
  const members = attributes
    .filter((attribute) => isPartOf(attribute, use))
    .map((attribute) => [attribute.name, sampleAttribute(attribute, use, seed)] as const)
  return Object.fromEntries(members)
}

function sampleAttribute(attribute: AttributeModel, use: ResourceUse, seed: number): unknown {
  if (!attribute.multiValued) return sampleElement(attribute, use, seed, 0)
  const elements = [0, 1].map((position) => sampleElement(attribute, use, seed, position))
  return attribute.type === 'boolean' ? elements.slice(0, 1) : elements
}

function sampleElement(attribute: AttributeModel, use: ResourceUse, seed: number, position: number): unknown {
  if (attribute.type !== 'complex') return sampleValue(attribute, seed * 2 + position)
  const members = sampleMembers(attribute.subAttributes ?? [], use, seed * 2 + position)
  // At most one element of a list may be the primary one; where `primary` is a text, it tells nothing of the kind.
  return typeof members.primary === 'boolean' ? { ...members, primary: position === 0 } : members
}

/** A value by type; `number` tells values of the same attribute apart. */
function sampleValue({ name, type, canonicalValues }: AttributeModel, number: number): unknown {
  switch (type) {
    case 'boolean':
      return number % 2 === 0
    case 'integer':
      return number + 1
    case 'decimal':
      return number + 0.5
    case 'dateTime':
      return sampleTime(number)
    case 'binary':
      return btoa(`${name.length}:${number}`)
    case 'reference':
      return `https://example.com/${encodeURIComponent(name)}/${number + 1}`
    case 'complex':
    case 'string':
    case 'any':
      return canonicalValues?.[number % canonicalValues.length] ?? `${name} ${number + 1}`
  }
}

function sampleTime(number: number): string {
  return new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString()
}
