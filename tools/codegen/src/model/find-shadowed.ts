import { commonAttributes, foldCase } from '@scimkit/core/documents'
import type { SourcedSchema, SourceFault } from '../input/sources.js'
import type { SchemaModel } from './schema-model.js'

/**
 * Names what a schema adds to an attribute that every resource has, such as `meta`: those are taken from the standard,
 * so it is left out.
 *
 * @param schemas Schemas of the run.
 * @param models Their models, in the same order.
 * @returns A warning for each sub-attribute that generated code lacks.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3.1
 */
export function findShadowed(
  schemas: readonly SourcedSchema[],
  models: readonly SchemaModel[],
): readonly SourceFault[] {
  return schemas.flatMap(({ file, schema: { definition } }, index) => {
    if (models[index]?.kind === 'extension') return []
    return definition.attributes.flatMap(({ name, subAttributes = [] }) => {
      const common = commonAttributes.find((attribute) => foldCase(attribute.name) === foldCase(name))
      if (!common) return []
      const known = new Set(common.subAttributes?.map((sub) => foldCase(sub.name)))
      const lost = subAttributes.filter((sub) => !known.has(foldCase(sub.name)))
      const message = `${common.name} is the same for every resource, so this is left out; move it to an attribute of its own`
      return lost.map((sub) => ({ file, path: `${definition.id}:${name}.${sub.name}`, message }))
    })
  })
}
