import { readSchemas, urns } from '@scimkit/core/documents'
import * as z from 'zod'

/** JSON Schema as zod writes it, with the characteristics that `.meta()` added. */
type JsonSchema = Readonly<Record<string, unknown>>

/** A zod schema that has no form in SCIM; each line of the message names an attribute path. */
export class FromZodError extends Error {
  override get name(): string {
    return 'FromZodError'
  }
}

const characteristics = [
  'caseExact',
  'mutability',
  'returned',
  'uniqueness',
  'canonicalValues',
  'referenceTypes',
] as const

/**
 * Turns a zod object into a SCIM schema document, for teams that start in TypeScript.
 *
 * Types follow from zod's (`z.int()`, `z.iso.datetime()`, `z.base64()`, `z.url()`, `z.enum()`, arrays, objects), `required`
 * from `.optional()`, and `.meta()` adds what zod cannot say: `mutability`, `returned`, `uniqueness`, `caseExact`,
 * `referenceTypes`, `description`. The object itself has `.meta({ id: 'urn:…', title: 'Name', description })`.
 *
 * @param schema The object; its `meta` has the URN as `id`.
 * @returns The document in the form of RFC 7643 §7, checked.
 * @throws {FromZodError} When a part has no form in SCIM.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function schemaFromZod(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema // plain data by construction
  const definitions = (json.$defs ?? {}) as Readonly<Record<string, JsonSchema>> // zod puts schemas there and nothing else
  const meta = schema.meta() ?? {}
  const faults: string[] = []
  const root = resolve(json, definitions)
  if (root.type !== 'object')
    throw new FromZodError('The export is not a z.object(); export the object of the attributes')
  if (typeof meta.id !== 'string') faults.push('the object has no URN; add .meta({ id: "urn:…" })')
  const document = {
    schemas: [urns.schema],
    id: meta.id,
    name: meta.title ?? String(meta.id).split(':').at(-1),
    ...(meta.description && { description: meta.description }),
    attributes: readProperties(root, '', definitions, faults),
  }
  if (faults.length === 0) {
    faults.push(...readSchemas(document).faults.map(({ path, message }) => (path ? `${path}: ${message}` : message)))
  }
  if (faults.length > 0) throw new FromZodError(faults.join('\n'))
  return document
}

function readProperties(
  object: JsonSchema,
  prefix: string,
  definitions: Readonly<Record<string, JsonSchema>>,
  faults: string[],
): readonly object[] {
  const required = new Set(object.required as readonly string[] | undefined) // zod writes a list of names
  const properties = Object.entries((object.properties ?? {}) as Readonly<Record<string, JsonSchema>>) // and a record here
  return properties.map(([name, property]) => {
    const path = prefix + name
    const whole = resolve(property, definitions)
    const element = whole.type === 'array' ? resolve((whole.items ?? {}) as JsonSchema, definitions) : whole // items is one schema
    const both: JsonSchema = { ...element, ...whole, description: whole.description ?? element.description }
    const type = readType(element, path, faults)
    return {
      name,
      type,
      multiValued: whole.type === 'array',
      ...(both.description !== undefined && { description: both.description }),
      required: required.has(name),
      ...(element.enum !== undefined && { canonicalValues: element.enum }),
      ...(both.readOnly === true && { mutability: 'readOnly' }),
      ...(both.writeOnly === true && { mutability: 'writeOnly', returned: 'never' }),
      ...Object.fromEntries(characteristics.filter((key) => both[key] !== undefined).map((key) => [key, both[key]])),
      ...(type === 'complex' && { subAttributes: readProperties(element, `${path}.`, definitions, faults) }),
    }
  })
}

function readType(schema: JsonSchema, path: string, faults: string[]): string {
  switch (schema.type) {
    case 'boolean':
    case 'integer':
      return schema.type
    case 'number':
      return 'decimal'
    case 'object':
      return 'complex'
    case 'string':
      return stringTypes[String(schema.format)] ?? 'string'
    default:
      faults.push(
        `${path}: this zod type has no form in SCIM; use a string, number, boolean, object or a list of one of them`,
      )
      return 'string'
  }
}

const stringTypes: Readonly<Record<string, string>> = {
  'date-time': 'dateTime',
  base64: 'binary',
  base64url: 'binary',
  uri: 'reference',
}

/** Follows references, and takes the one meaning of a nullable or open-ended union. */
function resolve(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): JsonSchema {
  if (typeof schema.$ref === 'string') {
    const { $ref, ...rest } = schema
    const target = definitions[$ref.replace('#/$defs/', '')]
    return target ? resolve({ ...target, ...rest }, definitions) : rest
  }
  if (!Array.isArray(schema.anyOf)) return schema
  const { anyOf, ...rest } = schema
  const choices = (anyOf as readonly JsonSchema[]).filter(({ type }) => type !== 'null') // anyOf holds schemas
  const [first] = choices
  const sameType = choices.every(({ type }) => type === first?.type)
  return first && sameType ? resolve({ ...first, ...rest }, definitions) : rest
}
