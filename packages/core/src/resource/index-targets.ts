import type { Attribute } from '../schema/attribute.js'
import { commonAttributes } from '../schema/common-attributes.js'
import { type SchemaDefinition, subAttributeIndex } from '../schema/schema-definition.js'
import { foldCase } from '../text/fold-case.js'
import type { AttributeTarget, DefinedExtension, TargetIndex } from './resource-definition.js'

/**
 * Targets of all paths. Common attributes win over a schema that lists them (RFC 7643 §3.1); an attribute of an
 * extension may be named without its URN where no other has the name. The URN of an extension within an extension may
 * stand before a colon like any other (RFC 7644 §3.10).
 *
 * @param schema Base schema of a definition.
 * @param extensions Its extensions.
 * @returns The targets by folded path without sub-attribute.
 */
export function indexTargets(schema: SchemaDefinition, extensions: readonly DefinedExtension[]): TargetIndex {
  const index = new Map<string, AttributeTarget>()
  const base = foldCase(schema.id)
  for (const attribute of [...schema.attributes, ...commonAttributes]) {
    const name = foldCase(attribute.name)
    const target = { attribute }
    index.set(name, target).set(`${base}:${name}`, target)
  }
  const unqualified = new Map<string, NestedTarget | undefined>()
  for (const { extension } of extensions) {
    const urn = foldCase(extension.urn)
    index.set(urn, { extension: extension.schema })
    for (const [name, attribute] of extension.schema.index) {
      const target = { extension: extension.schema, attribute }
      index.set(`${urn}:${name}`, target)
      if (name.includes(':')) indexNested(index, `${urn}:${name}`, target)
      unqualified.set(name, unqualified.has(name) ? undefined : target)
    }
  }
  for (const [name, target] of unqualified) {
    if (!target || index.has(name)) continue
    index.set(name, target)
    if (name.includes(':')) indexNested(index, name, target)
  }
  return index
}

/** Behind the URN of a nested extension a sub-attribute is found by its dot like any other; here, behind a colon. */
function indexNested(index: Map<string, AttributeTarget>, urn: string, { extension, attribute }: NestedTarget): void {
  for (const [name, subAttribute] of subAttributeIndex(attribute)) {
    index.set(`${urn}:${name}`, { extension, attribute, subAttribute })
  }
}

type NestedTarget = AttributeTarget & { readonly attribute: Attribute }
