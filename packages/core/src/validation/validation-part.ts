import type { StandardSchema } from '../standard-schema.js'

/** Validators of a resource, one for each way it is used. */
export interface ResourceValidators<Output = unknown, Input = unknown> {
  /** The body of POST: readOnly and unknown attributes are dropped. */
  readonly create: StandardSchema<unknown, Input>
  /** The body of PUT: as `create`. */
  readonly replace: StandardSchema<unknown, Input>
  /** A service provider's response: unknown attributes are kept, `null` and `[]` are removed before checking. */
  readonly resource: StandardSchema<unknown, Output>
}

/** What one schema contributes to validators; the parts of a definition compose into its validators. */
export interface ValidationPart {
  /**
   * @param extensions URN, requirement and part of each extension of the definition.
   * @returns The validators of the whole resource.
   */
  compose(extensions: readonly ExtensionPart[]): ResourceValidators
}

/** Part of an extension within a definition. */
export interface ExtensionPart {
  readonly urn: string
  /** Whether a resource must carry the extension. */
  readonly required: boolean
  readonly part: ValidationPart
}
