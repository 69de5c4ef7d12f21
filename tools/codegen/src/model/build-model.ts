import { type Attribute, commonAttributes, foldCase, type SchemaDocument, urns } from '@scimkit/core/documents'
import { createMemory } from '../remember.js'
import type { AttributeModel, SchemaKind, SchemaModel } from './schema-model.js'

const discovery: readonly string[] = [urns.serviceProviderConfig, urns.resourceType, urns.schema]

const commonDescriptions: Readonly<Record<string, string>> = {
  schemas: 'URIs of the schemas used by this resource.',
  id: 'Identifier the server gave to the resource; stable and never reused.',
  externalId: 'Identifier the client uses for the same thing on its side.',
  meta: 'Facts about the resource kept by the server.',
}

/**
 * Makes the model of a schema that the emitters work on.
 *
 * @param document Checked schema document.
 * @param kind What becomes of the schema.
 * @returns The model; attributes that every resource has are taken from the standard, not from the schema.
 */
export function buildModel(document: SchemaDocument, kind: SchemaKind): SchemaModel {
  return remember(document, kind, () => build(document, kind))
}

const remember = createMemory<SchemaModel>()

function build({ definition, descriptions }: SchemaDocument, kind: SchemaKind): SchemaModel {
  const common = kind === 'extension' ? [] : commonAttributes.filter(({ name }) => isCommonTo(name, kind))
  const shadowed = new Set(common.map(({ name }) => foldCase(name)))
  return {
    id: definition.id,
    name: definition.name,
    kind,
    description: descriptions.description,
    attributes: definition.attributes
      .filter(({ name }) => !shadowed.has(foldCase(name)))
      .map((attribute) => describe(attribute, attribute.name, descriptions.attributes)),
    commonAttributes: common.map((attribute) => describe(attribute, attribute.name, commonDescriptions)),
  }
}

/** Discovery documents have `schemas` and `meta`; an `id` only where their schema lists it. */
function isCommonTo(name: string, kind: SchemaKind): boolean {
  return kind === 'resource' || name === 'schemas' || name === 'meta'
}

function describe(attribute: Attribute, path: string, texts: Readonly<Record<string, string>>): AttributeModel {
  const { subAttributes, ...rest } = attribute
  return {
    ...rest,
    description: Object.hasOwn(texts, path) ? texts[path] : undefined,
    ...(subAttributes && { subAttributes: subAttributes.map((sub) => describe(sub, `${path}.${sub.name}`, texts)) }),
  }
}

/** Folded URNs of the schemas that resource types name. */
export interface SchemaRoles {
  readonly bases: ReadonlySet<string>
  readonly extensions: ReadonlySet<string>
}

/**
 * Decides what becomes of a schema: what resource types say, else what its URN sounds like.
 *
 * @param id URN of the schema.
 * @param roles What resource types say.
 * @returns The kind; without a resource type that names it, the lack of `:core:` in its URN makes it an extension.
 */
export function kindOf(id: string, { bases, extensions }: SchemaRoles): SchemaKind {
  const folded = foldCase(id)
  if (bases.has(folded)) return 'resource'
  if (discovery.some((urn) => foldCase(urn) === folded)) return 'discovery'
  return folded.includes(':core:') && !extensions.has(folded) ? 'resource' : 'extension'
}
