import type * as core from 'zod/v4/core'
import type { Attribute } from '../schema/attribute.js'
import { attributesOf, isRequiredIn, type ResourceUse } from '../schema/attribute-rules.js'
import { withCommonAttributes } from '../schema/common-attributes.js'
import type { SchemaShapes, ZodDialect } from './dialect.js'
import type { SchemasByPlace } from './value-schemas.js'

/** What shapes are made of: a dialect and its schemas of simple values. */
export interface ShapeParts<S extends core.$ZodType> {
  readonly zod: ZodDialect<S>
  readonly values: SchemasByPlace<S>
}

/**
 * Builds the shapes of a resource type's schema at run time; they are the ones that generated code spells out.
 *
 * @param parts The dialect and its values.
 * @param attributes Attributes of the schema; those that every resource has come before them.
 * @returns The shapes of what may be written and of what may be returned.
 */
export function buildResourceShapes<S extends core.$ZodType>(
  parts: ShapeParts<S>,
  attributes: readonly Attribute[],
): SchemaShapes {
  return buildExtensionShapes(parts, withCommonAttributes(attributes))
}

/**
 * Builds the shapes of an extension at run time.
 *
 * @param parts The dialect and its values.
 * @param attributes Attributes of the extension.
 * @returns The shapes of its container.
 */
export function buildExtensionShapes<S extends core.$ZodType>(
  parts: ShapeParts<S>,
  attributes: readonly Attribute[],
): SchemaShapes {
  return { input: buildShape(parts, attributes, 'input'), output: buildShape(parts, attributes, 'output') }
}

function buildShape<S extends core.$ZodType>(
  parts: ShapeParts<S>,
  attributes: readonly Attribute[],
  use: ResourceUse,
): core.$ZodShape {
  return Object.fromEntries(
    attributesOf(attributes, use).map((attribute) => [attribute.name, buildValue(parts, attribute, use)]),
  )
}

function buildValue<S extends core.$ZodType>(parts: ShapeParts<S>, attribute: Attribute, use: ResourceUse): S {
  const { zod, values } = parts
  // `schemas` may be left out of requests, since it is filled in.
  const required = isRequiredIn(attribute, use) && !(use === 'input' && attribute.name === 'schemas')
  const { type, multiValued, subAttributes = [] } = attribute
  if (type !== 'complex' && !multiValued) return values[placeOf(required, use)][type]
  const element = type === 'complex' ? zod.object(buildShape(parts, subAttributes, use)) : values.value[type]
  const whole = multiValued ? zod.array(element) : element
  if (!required) return use === 'output' ? zod.optional(whole) : zod.nullish(whole)
  return multiValued && use === 'input' ? zod.check(whole, [zod.minLength(1)]) : whole
}

function placeOf(required: boolean, use: ResourceUse): keyof SchemasByPlace<unknown> {
  if (use === 'output') return required ? 'value' : 'optional'
  return required ? 'required' : 'nullish'
}
