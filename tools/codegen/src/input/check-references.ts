import { foldCase, urns } from '@scimkit/core/documents'
import type { SourcedResourceType, SourcedSchema, SourceFault } from './sources.js'

const bundled: readonly string[] = [urns.user, urns.group, urns.enterpriseUser].map(foldCase)

/** Resource types whose schemas are all there, and what had to go. */
export interface CheckedReferences {
  readonly resourceTypes: readonly SourcedResourceType[]
  /** One for each URN that leads nowhere; with the lenient reading these are warnings, and the rest is sound. */
  readonly dangling: readonly SourceFault[]
}

/**
 * Finds the URNs of resource types that no schema has: neither one of the run nor one of core. What remains is fit for
 * the lenient reading: an extension that is nowhere is left out, and so is a resource type whose base is nowhere.
 *
 * @param resourceTypes Resource types of the run.
 * @param schemas Schemas of the run.
 * @param lenient Whether the messages say what the lenient reading leaves out.
 * @returns The resource types without such URNs, and a fault for each.
 */
export function checkReferences(
  resourceTypes: readonly SourcedResourceType[],
  schemas: readonly SourcedSchema[],
  lenient: boolean,
): CheckedReferences {
  const known = new Set([...bundled, ...schemas.map(({ schema }) => foldCase(schema.definition.id))])
  const isKnown = (urn: string) => known.has(foldCase(urn))
  const dangling = resourceTypes.flatMap(({ file, resourceType: { name, schema, schemaExtensions } }) => {
    const say = (urn: string, leftOut: string): SourceFault => {
      const message = `the schema ${urn} is not among the schemas; add its file to --schemas`
      if (lenient) return { file, path: name, message: `${message}; ${leftOut} is left out` }
      return { file, path: name, message, readAs: 'nothing' }
    }
    const base = isKnown(schema) ? [] : [say(schema, 'the resource type')]
    const extensions = schemaExtensions.filter((extension) => !isKnown(extension.schema))
    return [...base, ...extensions.map((extension) => say(extension.schema, 'the extension'))]
  })
  const sound = resourceTypes.filter(({ resourceType }) => isKnown(resourceType.schema))
  return { resourceTypes: sound.map((source) => withoutDangling(source, isKnown)), dangling }
}

function withoutDangling(source: SourcedResourceType, isKnown: (urn: string) => boolean): SourcedResourceType {
  const { resourceType } = source
  const schemaExtensions = resourceType.schemaExtensions.filter(({ schema }) => isKnown(schema))
  if (schemaExtensions.length === resourceType.schemaExtensions.length) return source
  return { ...source, resourceType: { ...resourceType, schemaExtensions } }
}
