import { foldCase } from '../text/fold-case.js'
import { type Attribute, defineAttribute } from './attribute.js'

/**
 * Facts about a resource that its service provider keeps.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3.1
 */
export interface Meta {
  /** Name of the resource type. */
  readonly resourceType?: string | undefined
  /** When the resource was created. */
  readonly created?: string | undefined
  /** When the resource last changed; equal to `created` until it does. */
  readonly lastModified?: string | undefined
  /** Own URI of the resource. */
  readonly location?: string | undefined
  /** Entity tag of the resource, quotes and `W/` included. */
  readonly version?: string | undefined
}

const readOnlyText = { caseExact: true, mutability: 'readOnly' } as const

/**
 * The attributes that every resource has without listing them in its schema: `schemas`, `id`, `externalId`, `meta`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3.1
 */
export const commonAttributes: readonly Attribute[] = /* @__PURE__ */ (() =>
  Object.freeze(
    [
      {
        name: 'schemas',
        type: 'reference',
        multiValued: true,
        required: true,
        returned: 'always',
        referenceTypes: ['uri'],
      } as const,
      { name: 'id', ...readOnlyText, required: true, returned: 'always', uniqueness: 'server' } as const,
      { name: 'externalId', caseExact: true } as const,
      {
        name: 'meta',
        type: 'complex',
        mutability: 'readOnly',
        subAttributes: [
          { name: 'resourceType', ...readOnlyText },
          { name: 'created', type: 'dateTime', mutability: 'readOnly' },
          { name: 'lastModified', type: 'dateTime', mutability: 'readOnly' },
          { name: 'location', type: 'reference', mutability: 'readOnly', referenceTypes: ['uri'] },
          { name: 'version', ...readOnlyText },
        ],
      } as const,
    ].map(defineAttribute),
  ))()

/**
 * Puts the common attributes before those of a schema; they win over a schema that lists them (RFC 7643 §3.1). Of
 * `schemas` any text will do, since servers send what is not a URI there.
 *
 * @param attributes Attributes of a resource type's schema.
 * @returns All attributes of its resources, each name once.
 */
export function withCommonAttributes(attributes: readonly Attribute[]): readonly Attribute[] {
  const common = new Set(commonAttributes.map(({ name }) => foldCase(name)))
  const shaped = commonAttributes.map((common) =>
    common.name === 'schemas' ? { ...common, type: 'string' as const } : common,
  )
  return [...shaped, ...attributes.filter(({ name }) => !common.has(foldCase(name)))]
}
