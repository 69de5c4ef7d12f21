import type { Attribute } from '@scimkit/core/documents'

/** An attribute with its text, as the emitters see it; defaults are filled in. */
export interface AttributeModel extends Attribute {
  readonly description: string | undefined
  readonly subAttributes?: readonly AttributeModel[] | undefined
}

/** What becomes of a schema: resources have common attributes and input, discovery documents are only read. */
export type SchemaKind = 'resource' | 'extension' | 'discovery'

/** A checked schema, ready to be emitted. */
export interface SchemaModel {
  /** URN in its registered spelling. */
  readonly id: string
  readonly name: string
  readonly kind: SchemaKind
  readonly description: string | undefined
  /** The schema's own attributes, without those that every resource has. */
  readonly attributes: readonly AttributeModel[]
  /** What comes before them: `schemas`, `id`, `externalId`, `meta` for a resource, nothing for an extension. */
  readonly commonAttributes: readonly AttributeModel[]
}

/** Interface names of one complex attribute. */
export interface ComplexNames {
  /** Such as `UserEmail`. */
  readonly output: string
  /** Such as `UserEmailInput`; discovery documents have the name but no such interface. */
  readonly input: string
}

/** Identifiers that the generated code of one schema declares; unique over all schemas of a run. */
export interface SchemaNames {
  /** Stem of its files, such as `enterprise-user`. */
  readonly file: string
  /** Name of the interface, such as `EnterpriseUser`; `…Input`, `…Paths` and others append to it. */
  readonly type: string
  /** Start of its values, such as `enterpriseUser` in `enterpriseUserSchema`. */
  readonly value: string
  /** Names of the complex attributes at every level; `meta` is not among them, it has core's `Meta`. */
  readonly complex: ReadonlyMap<AttributeModel, ComplexNames>
}
