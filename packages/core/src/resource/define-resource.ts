import { foldCase } from '../text/fold-case.js'
import type { ExtensionPart, ResourceValidators } from '../validation/validation-part.js'
import { indexTargets } from './index-targets.js'
import type {
  DefinedExtension,
  ExtensionParts,
  ResourceDefinition,
  ResourceParts,
  SchemaExtension,
  TargetIndex,
} from './resource-definition.js'

/**
 * Makes a resource definition from its parts; generated code and `resourceFromSchemas` both end here.
 *
 * @param parts Name, endpoint, schema, and the validation part when there is one.
 * @returns The definition, without extensions.
 */
export function defineResource<Output, Input, Paths>(parts: ResourceParts): ResourceDefinition<Output, Input, Paths> {
  return buildDefinition(parts, []) as ResourceDefinition<Output, Input, Paths> // the types are phantom
}

/**
 * Makes a schema extension from its parts.
 *
 * @param parts Schema, and the validation part when there is one.
 * @returns The extension; its `urn` is the schema's id.
 */
export function defineExtension<Urn extends string, Output, Input, Paths>(
  parts: ExtensionParts,
): SchemaExtension<Urn, Output, Input, Paths> {
  return Object.freeze({ urn: parts.schema.id as Urn, ...parts }) // generated code passes the id as the literal type
}

function buildDefinition(parts: ResourceParts, extensions: readonly DefinedExtension[]): ResourceDefinition {
  let index: TargetIndex | undefined
  let validators: ResourceValidators | undefined
  return Object.freeze({
    name: parts.name,
    endpoint: parts.endpoint,
    description: parts.description,
    schema: parts.schema,
    extensions: Object.freeze(extensions),
    get index() {
      index ??= indexTargets(parts.schema, extensions)
      return index
    },
    get validators() {
      validators ??= composeValidators(parts, extensions)
      return validators
    },
    describe: parts.describe,
    extend(extension: SchemaExtension, options: { readonly required?: boolean | undefined } = {}) {
      const urn = foldCase(extension.urn)
      if ([parts.schema, ...extensions.map((known) => known.extension.schema)].some(({ id }) => foldCase(id) === urn)) {
        throw new TypeError(`${parts.name} already has the schema ${extension.urn}; extend it once`)
      }
      return buildDefinition(parts, [...extensions, { extension, required: options.required ?? false }])
    },
  }) as ResourceDefinition // extend() of an object literal cannot carry the two generic signatures
}

function composeValidators(
  parts: ResourceParts,
  extensions: readonly DefinedExtension[],
): ResourceValidators | undefined {
  const composed: ExtensionPart[] = []
  for (const { extension, required } of extensions) {
    if (!extension.validation) return undefined
    composed.push({ urn: extension.urn, required, part: extension.validation })
  }
  return parts.validation?.compose(composed)
}
