import type { Attribute } from './attribute.js'

/** The two shapes of a resource: what a service provider returns, and what a client may send. */
export type ResourceUse = 'output' | 'input'

/**
 * Tells whether a shape has an attribute: answers never carry what is writeOnly or returned never, requests nothing
 * that is readOnly. A complex attribute goes where at least one of its sub-attributes goes.
 *
 * Generated types, generated validators and validators made at run time all ask here.
 *
 * @param attribute Attribute or sub-attribute; a sub-attribute of a readOnly attribute is readOnly by its parent.
 * @param use Shape that is being made.
 * @returns Whether the shape has it.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function isPartOf(attribute: Attribute, use: ResourceUse): boolean {
  const itself =
    use === 'output'
      ? attribute.mutability !== 'writeOnly' && attribute.returned !== 'never'
      : attribute.mutability !== 'readOnly'
  const inside = attribute.subAttributes ?? []
  return itself && (inside.length === 0 || inside.some((sub) => isPartOf(sub, use)))
}

/**
 * Tells whether a shape demands an attribute. A response may leave out what is returned only on request.
 *
 * @param attribute Attribute that is part of the shape.
 * @param use Shape that is being made.
 * @returns Whether a value has to be there.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.2
 */
export function isRequiredIn(attribute: Attribute, use: ResourceUse): boolean {
  return attribute.required && (use === 'input' || attribute.returned !== 'request')
}

/**
 * Tells whether a shape demands the container of an extension. A body cannot hold one of which a client can write
 * nothing; what the resource must include (RFC 7643 §6) is then the service provider's to give.
 *
 * @param extension Its attributes, and whether the resource type requires it.
 * @param use Shape that is being made.
 * @returns Whether the container has to be there.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-6
 */
export function isContainerRequiredIn(
  { required, attributes }: { readonly required: boolean; readonly attributes: readonly Attribute[] },
  use: ResourceUse,
): boolean {
  return required && (use === 'output' || attributes.some((attribute) => isPartOf(attribute, 'input')))
}

/**
 * The attributes of a list that a shape has.
 *
 * @param attributes Attributes of a schema, or the sub-attributes of a complex attribute.
 * @param use Shape that is being made.
 * @returns Those that are part of it, in their order.
 */
export function attributesOf<A extends Attribute>(attributes: readonly A[], use: ResourceUse): readonly A[] {
  return attributes.filter((attribute) => isPartOf(attribute, use))
}
