import { foldCase } from '@scimkit/core/documents'
import type { AttributeModel, SchemaModel } from '../model/schema-model.js'
import { displayNameOf } from './sample-values.js'

/** A type of resources that samples are made of. */
export interface SampledType {
  readonly name: string
  /** Path below the service root, such as `/Users`. */
  readonly endpoint: string
  readonly base: SchemaModel
  readonly extensions: readonly SchemaModel[]
}

/** What one sample resource is to others. */
export interface SampleTarget {
  readonly type: string
  readonly id: string
  readonly url: string
  readonly display: string
}

/** Number of samples of each type. */
export const sampleCount = 3

/** The resources that the samples of a run are, so that references lead from one to another. */
export class SampledTypes {
  /** The types in an order in which their samples can be created: what is referred to comes first. */
  readonly inOrder: readonly SampledType[]

  /** @param types Types of the run. */
  constructor(types: readonly SampledType[]) {
    this.inOrder = sortForCreation(types)
  }

  /**
   * @param type Type.
   * @param seed Number of the sample.
   * @returns How others refer to the sample.
   */
  targetOf(type: SampledType, seed: number): SampleTarget {
    // An id is unique over all types (RFC 7643 §3.1).
    const [kind, number] = [this.inOrder.indexOf(type) + 1, seed]
    const id = `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`
    const url = `https://example.com/scim/v2${type.endpoint}/${id}`
    return { type: type.name, id, url, display: displayNameOf(type.base.attributes, type.name, seed) }
  }

  /**
   * Finds what a sample refers to with an attribute.
   *
   * @param attribute Complex attribute or reference.
   * @param from Type of the sample; absent for an extension by itself.
   * @param seed Number of the sample.
   * @returns Samples that are there before it, two of them for a list; `undefined` when the attribute refers to no
   *   type of the run.
   */
  refer(attribute: AttributeModel, from: SampledType | undefined, seed: number): readonly SampleTarget[] | undefined {
    const named = this.inOrder.filter((type) => refersTo(attribute, type))
    const types = named.length === 0 && mayBeAnything(attribute) ? this.inOrder : named
    if (types.length === 0) return undefined
    const isGiven = attribute.mutability === 'readOnly'
    const own = types.find((type) => type === from)
    const others = types.filter((type) => type !== from)
    const earlier = (type: SampledType) => !from || this.inOrder.indexOf(type) < this.inOrder.indexOf(from)
    const other =
      others.find((type) => isGiven || earlier(type)) ?? (attribute.required && !own ? others[0] : undefined)
    const isUnique = attribute.subAttributes?.some(({ name, uniqueness }) => name === 'value' && uniqueness !== 'none')
    const steps = attribute.multiValued && !isUnique ? [0, 1] : [0]
    // What the service provider gives is the other direction of what clients write, as groups are of members.
    if (other) return steps.map((step) => this.targetOf(other, wrap(isGiven ? seed - step : seed + step)))
    if (!own) return []
    const before = steps.map((step) => seed - 1 - step).filter((number) => isGiven || number >= 0)
    return before.map((number) => this.targetOf(own, wrap(number)))
  }
}

function wrap(seed: number): number {
  return ((seed % sampleCount) + sampleCount) % sampleCount
}

/** Members of a group whose schema names no type of the run; a service provider still wants them to exist. */
function mayBeAnything({ name, subAttributes = [] }: AttributeModel): boolean {
  return name === 'members' && subAttributes.some((sub) => sub.name === 'value')
}

function refersTo(attribute: AttributeModel, { name }: SampledType): boolean {
  const { type, subAttributes = [], referenceTypes = [] } = attribute
  if (type === 'reference') return referenceTypes.includes(name)
  if (!subAttributes.some((sub) => sub.name === 'value')) return false
  const wanted = subAttributes.find((sub) => sub.name === '$ref')?.referenceTypes ?? []
  return wanted.includes(name)
}

function sortForCreation(types: readonly SampledType[]): readonly SampledType[] {
  const ordered: SampledType[] = []
  const isGroup = ({ base }: SampledType) => base.attributes.some(({ name }) => foldCase(name) === 'members')
  let rest = [...types.filter((type) => !isGroup(type)), ...types.filter(isGroup)]
  while (rest.length > 0) {
    const waits = (type: SampledType) => rest.some((other) => other !== type && writesReference(type, other))
    const next = rest.find((type) => !waits(type)) ?? rest[0]
    if (next) ordered.push(next)
    rest = rest.filter((type) => type !== next)
  }
  return ordered
}

function writesReference({ base, extensions }: SampledType, to: SampledType): boolean {
  return [base, ...extensions].some(({ attributes }) =>
    attributes.some((attribute) => attribute.mutability !== 'readOnly' && refersTo(attribute, to)),
  )
}
