import { isPartOf, type ResourceUse } from '@scimkit/core/documents'
import type { AttributeModel, SchemaModel } from '../model/schema-model.js'
import { displayNameOf, sampleText, type ValuePlace } from './sample-values.js'
import type { SampledType, SampledTypes, SampleTarget } from './sampled-types.js'

/** A sample as JSON. */
export type Sample = Readonly<Record<string, unknown>>

/** Which sample of a type is made. */
export interface SampleChoice {
  /** `input` for what a client sends, `output` for what a service provider answers. */
  readonly use: ResourceUse
  /** Whole number, 0 or more. */
  readonly seed: number
}

/**
 * Makes a valid sample of a type, extensions included: every attribute of the shape has a value, except references where
 * nothing is there to refer to. The same seed gives the same sample on every machine, and samples of different seeds share no unique value.
 *
 * @param type Type to make a sample of.
 * @param types Types that it may refer to.
 * @param choice Which sample.
 * @returns The sample.
 */
export function sampleResource(type: SampledType, types: SampledTypes, choice: SampleChoice): Sample {
  const { base, extensions } = type
  const sampler = new Sampler(types, type, choice)
  const containers = extensions
    .map((extension) => [extension.id, sampler.sampleMembers(extension.attributes, top(choice))] as const)
    .filter(([, members]) => Object.keys(members).length > 0)
  const schemas = [base.id, ...containers.map(([urn]) => urn)]
  return {
    ...sampleCommon(type, types.targetOf(type, choice.seed), schemas, choice),
    ...sampler.sampleMembers(base.attributes, top(choice)),
    ...Object.fromEntries(containers),
  }
}

/**
 * Makes a valid sample of what an extension adds, by itself.
 *
 * @param extension Schema of the extension.
 * @param types Types that it may refer to.
 * @param choice Which sample.
 * @returns What the container of the extension holds.
 */
export function sampleContainer(extension: SchemaModel, types: SampledTypes, choice: SampleChoice): Sample {
  return new Sampler(types, undefined, choice).sampleMembers(extension.attributes, top(choice))
}

function sampleCommon(
  { name, base }: SampledType,
  { id, url }: SampleTarget,
  schemas: readonly string[],
  { use, seed }: SampleChoice,
): Sample {
  const identity = { externalId: `external-${seed}` }
  if (use === 'input') return { schemas, ...identity }
  const time = sampleTime(seed)
  const meta = { resourceType: name, created: time, lastModified: time, location: url, version: `W/"${seed + 1}"` }
  return { schemas, ...(base.kind === 'resource' && { id, ...identity }), meta }
}

/** Where the elements of an attribute stand: `depth` levels of elements down. */
interface Place {
  readonly path: string
  readonly depth: number
  readonly variant: number
  readonly seed: number
}

function top({ seed }: SampleChoice): Place {
  return { path: '', depth: 0, variant: 0, seed }
}

/** Makes the values of one sample. */
class Sampler {
  constructor(
    private readonly types: SampledTypes,
    private readonly type: SampledType | undefined,
    private readonly choice: SampleChoice,
  ) {}

  sampleMembers(attributes: readonly AttributeModel[], place: Place): Sample {
    const members = attributes
      .filter((attribute) => isPartOf(attribute, this.choice.use))
      .map((attribute) => [attribute.name, this.sampleAttribute(attribute, place)] as const)
    return Object.fromEntries(members.filter(([, value]) => value !== undefined))
  }

  private sampleAttribute(attribute: AttributeModel, place: Place): unknown {
    const targets = this.types.refer(attribute, this.type, place.seed)
    if (targets?.length === 0 && !attribute.required) return undefined
    const target = (position: number) => targets?.[position] ?? targets?.[0]
    const inside = (position: number) => stepInto(attribute, place, position)
    if (!attribute.multiValued) return this.sampleElement(attribute, inside(0), target(0))
    const positions = attribute.type === 'boolean' || targets?.length === 1 ? [0] : [0, 1]
    return positions.map((position) => {
      const element = this.sampleElement(attribute, inside(position), target(position))
      return withPrimary(element, position === 0)
    })
  }

  private sampleElement(attribute: AttributeModel, place: Place, target: SampleTarget | undefined): unknown {
    if (attribute.type !== 'complex') return target?.url ?? this.sampleValue(attribute, place)
    const members = this.sampleMembers(attribute.subAttributes ?? [], place)
    return target ? referTo(target, members, attribute.subAttributes ?? []) : members
  }

  private sampleValue(attribute: AttributeModel, { seed, variant, depth, path }: Place): unknown {
    const number = seed * 2 ** depth + variant
    if (this.type?.base.attributes.includes(attribute) && attribute.name === 'displayName') {
      return displayNameOf(this.type.base.attributes, this.type.name, seed)
    }
    return sampleSimple(attribute, { seed, variant, number, path })
  }
}

function stepInto({ name, multiValued }: AttributeModel, place: Place, position: number): Place {
  const path = place.path === '' ? name : `${place.path}.${name}`
  const variant = multiValued ? place.variant * 2 + position : place.variant
  return { ...place, path, depth: place.depth + 1, variant }
}

/** At most one element of a list may be the primary one; where `primary` is a text, it tells nothing of the kind. */
function withPrimary(element: unknown, isPrimary: boolean): unknown {
  if (typeof element !== 'object' || element === null) return element
  const { primary } = element as Sample // lists of complex values hold objects
  return typeof primary === 'boolean' ? { ...element, primary: isPrimary } : element
}

/** Puts what a reference says of its target in the place of what the names alone would give. */
function referTo(target: SampleTarget, members: Sample, subAttributes: readonly AttributeModel[]): Sample {
  const labels = subAttributes.find(({ name }) => name === 'type')?.canonicalValues
  const facts: Readonly<Record<string, unknown>> = {
    value: target.id,
    $ref: target.url,
    display: target.display,
    displayName: target.display,
    type: labels && !labels.includes(target.type) ? labels[0] : target.type,
  }
  const isText = ({ type, multiValued }: AttributeModel) => (type === 'string' || type === 'reference') && !multiValued
  const given = subAttributes.filter((sub) => isText(sub) && Object.hasOwn(facts, sub.name))
  const known = given.filter(({ name }) => Object.hasOwn(members, name)).map(({ name }) => [name, facts[name]])
  return { ...members, ...Object.fromEntries(known) }
}

function sampleSimple(attribute: AttributeModel, place: ValuePlace): unknown {
  const { name, type, uniqueness, canonicalValues = [] } = attribute
  const { number } = place
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
    case 'any': {
      const canonical =
        uniqueness === 'none' ? canonicalValues[number % canonicalValues.length] : canonicalValues[number]
      return canonical ?? sampleText(attribute, place) ?? `${name} ${number + 1}`
    }
  }
}

function sampleTime(number: number): string {
  return new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString()
}
