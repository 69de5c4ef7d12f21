import { isObject } from '@scimkit/core/internal'
import { type Attribute, foldCase } from '@scimkit/core/schema'

/**
 * How much a finding weighs: a `fault` changes what can be sent or what comes back, or contradicts the server itself; a
 * `difference` changes nothing that a client does.
 */
export type FindingWeight = 'fault' | 'difference'

/** Receives what is found. */
export type Report = (path: string, detail: string, weight?: FindingWeight) => void

/** Where attributes are compared. */
interface Place {
  readonly report: Report
  readonly prefix: string
  /** Whether the attribute around them is readOnly, and with it all that is in it. */
  readonly readOnly: boolean
}

/** Characteristics that are compared; what the server leaves out does not contradict. */
const compared = ['type', 'multiValued', 'required', 'mutability', 'returned', 'uniqueness', 'caseExact'] as const

/**
 * Compares the attributes of a schema with those that a server describes.
 *
 * @param wanted Attributes of the definition.
 * @param given Attributes as the server describes them.
 * @param place Where they are, and what receives the findings.
 */
export function compareAttributes(wanted: readonly Attribute[], given: unknown, place: Place): void {
  const said = Array.isArray(given) ? given.filter(isObject) : []
  for (const attribute of wanted) {
    const path = place.prefix + attribute.name
    const readOnly = place.readOnly || attribute.mutability === 'readOnly'
    const other = said.find(({ name }) => typeof name === 'string' && foldCase(name) === foldCase(attribute.name))
    if (!other) {
      place.report(path, 'is missing', readOnly ? 'difference' : 'fault')
      continue
    }
    const facts = { readOnly, reference: isReference(attribute, wanted) }
    for (const name of compared) {
      const [there, here] = [other[name], attribute[name]]
      if (there === undefined || there === here) continue
      const detail = `has ${name} ${JSON.stringify(there)} where the definition has ${JSON.stringify(here)}`
      place.report(path, detail, changes(name, attribute, there, facts) ? 'fault' : 'difference')
    }
    const { subAttributes } = attribute
    if (subAttributes)
      compareAttributes(subAttributes, other.subAttributes, { report: place.report, prefix: `${path}.`, readOnly })
  }
}

/** A URI, or the id of another resource, which is beside its `$ref`. */
function isReference({ name, type }: Attribute, siblings: readonly Attribute[]): boolean {
  return type === 'reference' || (name === 'value' && siblings.some((sibling) => sibling.name === '$ref'))
}

interface Facts {
  readonly readOnly: boolean
  readonly reference: boolean
}

/** Whether another characteristic changes what a client sends or gets. */
function changes(name: (typeof compared)[number], wanted: Attribute, there: unknown, facts: Facts): boolean {
  const { readOnly, reference } = facts
  switch (name) {
    case 'type':
      return formOf(there) !== formOf(wanted.type)
    case 'multiValued':
      return true
    case 'required':
      return there === true && !readOnly
    case 'mutability':
      // A password is never read again, whichever of the two it is.
      if (wanted.mutability === 'writeOnly') return there === 'readOnly' || there === 'immutable'
      return !readOnly && there !== 'readWrite'
    case 'returned':
      return (
        wanted.returned !== 'never' && (there === 'never' || (there === 'request' && wanted.returned !== 'request'))
      )
    case 'uniqueness':
      // A lost create is looked for by the name, which then has to be the only one.
      return !readOnly && there === 'none'
    case 'caseExact':
      // Compared are only values that the client writes; ids and addresses it writes as it has read them.
      return !readOnly && !reference && wanted.returned !== 'never' && formOf(wanted.type) === 'string'
    default:
      return name satisfies never
  }
}

/** The JSON form of a type; what has the same form is read and written in the same way. */
function formOf(type: unknown): unknown {
  if (type === 'integer' || type === 'decimal') return 'number'
  return type === 'reference' || type === 'dateTime' || type === 'binary' ? 'string' : type
}
