import * as z from 'zod/mini'
import { attributesOf, isRequiredIn, type ResourceUse } from '../schema/attribute-rules.js'
import type { Attribute } from '../schema/attribute.js'
import { withCommonAttributes } from '../schema/common-attributes.js'
import type { MiniShape, SchemaShapes } from './zod-mini.js'
import { valueSchemas } from './mini-values.js'

/**
 * Builds the zod/mini shapes of a resource type; generated code spells out the same.
 *
 * @param attributes Attributes of the schema; those that every resource has come before them.
 * @returns The shapes of what may be written and of what may be returned.
 */
export function buildResourceShapes(attributes: readonly Attribute[]): SchemaShapes {
  return buildExtensionShapes(withCommonAttributes(attributes))
}

/**
 * Builds the zod/mini shapes of an extension.
 *
 * @param attributes Attributes of the extension.
 * @returns The shapes of its container.
 */
export function buildExtensionShapes(attributes: readonly Attribute[]): SchemaShapes {
  return { input: buildShape(attributes, 'input'), output: buildShape(attributes, 'output') }
}

function buildShape(attributes: readonly Attribute[], use: ResourceUse): MiniShape {
  return Object.fromEntries(
    attributesOf(attributes, use).map((attribute) => [attribute.name, buildValue(attribute, use)]),
  )
}

function buildValue(attribute: Attribute, use: ResourceUse): z.ZodMiniType {
  // `schemas` may be left out of requests, since it is filled in.
  const required = isRequiredIn(attribute, use) && !(use === 'input' && attribute.name === 'schemas')
  const { type, multiValued, subAttributes = [] } = attribute
  if (type !== 'complex' && !multiValued) return valueSchemas[placeOf(required, use)][type]
  const element = type === 'complex' ? z.object(buildShape(subAttributes, use)) : valueSchemas.value[type]
  if (!multiValued) return absence(element, required, use)
  const list = z.array(element)
  return absence(required && use === 'input' ? list.check(z.minLength(1)) : list, required, use)
}

function placeOf(required: boolean, use: ResourceUse): keyof typeof valueSchemas {
  if (use === 'output') return required ? 'value' : 'optional'
  return required ? 'required' : 'nullish'
}

function absence(schema: z.ZodMiniType, required: boolean, use: ResourceUse): z.ZodMiniType {
  if (required) return schema
  return use === 'output' ? z.optional(schema) : z.nullish(schema)
}
