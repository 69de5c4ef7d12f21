import type { SchemaDefinition } from '../schema/schema-definition.js'
import { foldCase } from '../text/fold-case.js'
import { commonAttributes } from './common-attributes.js'
import type { AttributeTarget, DefinedExtension, TargetIndex } from './resource-definition.js'

/**
 * Targets of all paths. Common attributes win over a schema that lists them (RFC 7643 §3.1); an attribute of an
 * extension may be named without its URN where no other has the name.
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
  const unqualified = new Map<string, AttributeTarget | undefined>()
  for (const { extension } of extensions) {
    const urn = foldCase(extension.urn)
    index.set(urn, { extension: extension.schema })
    for (const [name, attribute] of extension.schema.index) {
      const target = { extension: extension.schema, attribute }
      index.set(`${urn}:${name}`, target)
      unqualified.set(name, unqualified.has(name) ? undefined : target)
    }
  }
  for (const [name, target] of unqualified) {
    if (target && !index.has(name)) index.set(name, target)
  }
  return index
}
