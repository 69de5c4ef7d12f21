import * as z from 'zod'
import { attributesOf, isRequiredIn, type ResourceUse } from '../schema/attribute-rules.js'
import type { Attribute } from '../schema/attribute.js'
import { withCommonAttributes } from '../schema/common-attributes.js'
import { valueSchemas } from './value-schemas.js'
import type { SchemaShapes } from './zod.js'

/**
 * Builds the zod shapes of a resource type's schema that is known only at run time; they are the ones that generated
 * code spells out.
 *
 * @param attributes Attributes of the schema; those that every resource has come before them.
 * @returns The shapes of what may be written and of what may be returned.
 */
export function buildResourceShapes(attributes: readonly Attribute[]): SchemaShapes {
  return buildExtensionShapes(withCommonAttributes(attributes))
}

/**
 * Builds the zod shapes of an extension that is known only at run time.
 *
 * @param attributes Attributes of the extension.
 * @returns The shapes of its container.
 */
export function buildExtensionShapes(attributes: readonly Attribute[]): SchemaShapes {
  return { input: buildShape(attributes, 'input'), output: buildShape(attributes, 'output') }
}

function buildShape(attributes: readonly Attribute[], use: ResourceUse): z.ZodRawShape {
  return Object.fromEntries(
    attributesOf(attributes, use).map((attribute) => [attribute.name, buildValue(attribute, use)]),
  )
}

function buildValue(attribute: Attribute, use: ResourceUse): z.ZodType {
  // `schemas` may be left out of requests, since it is filled in.
  const required = isRequiredIn(attribute, use) && !(use === 'input' && attribute.name === 'schemas')
  if (attribute.type !== 'complex' && !attribute.multiValued)
    return valueSchemas[placeOf(required, use)][attribute.type]
  const element =
    attribute.type === 'complex'
      ? z.object(buildShape(attribute.subAttributes ?? [], use))
      : valueSchemas.value[attribute.type]
  if (!attribute.multiValued) return absence(element, required, use)
  const list = z.array(element)
  return absence(required && use === 'input' ? list.min(1) : list, required, use)
}

function placeOf(required: boolean, use: ResourceUse): keyof typeof valueSchemas {
  if (use === 'output') return required ? 'value' : 'optional'
  return required ? 'required' : 'nullish'
}

function absence(schema: z.ZodType, required: boolean, use: ResourceUse): z.ZodType {
  if (required) return schema
  return use === 'output' ? schema.optional() : schema.nullish()
}
