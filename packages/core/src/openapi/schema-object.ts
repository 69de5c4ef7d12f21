import type { OpenApiObject } from './describe-attributes.js'

/** Any text. */
export const text: OpenApiObject = { type: 'string' }

/** True or false. */
export const flag: OpenApiObject = { type: 'boolean' }

/** A whole number. */
export const whole: OpenApiObject = { type: 'integer' }

/** An absolute or relative URI. */
export const uri: OpenApiObject = { type: 'string', format: 'uri-reference' }

/**
 * Points to a component.
 *
 * @param name Name below `#/components/schemas`.
 * @returns The reference.
 */
export function schemaRef(name: string): OpenApiObject {
  return { $ref: `#/components/schemas/${name}` }
}

/**
 * Suggests values and leaves room for others.
 *
 * @param values Such as canonical values.
 * @returns The keywords to add to a schema.
 */
export function open(values: readonly string[]): OpenApiObject {
  return { examples: values, 'x-open-enum': values }
}

/**
 * Describes a message or discovery document, which names itself in `schemas`.
 *
 * @param urn Its URN.
 * @param description One sentence.
 * @param members Its other members.
 * @param required Names of those that are always there.
 * @returns The object schema.
 */
export function message(
  urn: string,
  description: string,
  members: OpenApiObject,
  required: readonly string[],
): OpenApiObject {
  return {
    type: 'object',
    description,
    properties: { schemas: { type: 'array', items: uri, minItems: 1, examples: [[urn]] }, ...members },
    required: ['schemas', ...required],
  }
}
