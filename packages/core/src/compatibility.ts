/**
 * Readings beyond the RFC's letter that identity providers need, each a switch of its own.
 */
export type CompatibilityRule =
  /** `"op": "Add"`. */
  | 'opCaseInsensitive'
  /** `"True"` and `"False"` for boolean attributes. */
  | 'stringBooleans'
  /** Add or replace through a filter without a match creates the element that the filter describes. */
  | 'createOnUnmatchedFilter'
  /** `remove` with a list in `value` removes these elements alone. */
  | 'removeByValue'
  /** `"name.givenName"` and `"urn:…:User:department"` as keys of a value without path. */
  | 'dottedKeys'
  /** A list of one element for a singular attribute. */
  | 'unwrapSingleElement'
  /** `"manager": "id"` for a complex attribute that has `value`. */
  | 'complexFromString'
  /** `""` unassigns a complex attribute. */
  | 'emptyStringUnassigns'
  /** Unknown URIs in `schemas`. */
  | 'ignoreUnknownSchema'
  /** `emails[type eq "work"].value eq "x"` in a filter. */
  | 'filterAfterBracket'
  /** Missing or extra space in a filter. */
  | 'spacing'
  /** `externalId eq jyoung` in a filter. */
  | 'bareWords'
  /** `"Operations": []`. */
  | 'emptyOperations'
  /** A readOnly attribute sent with the value it has. */
  | 'unchangedReadOnly'
  /** An object for a multi-valued attribute. */
  | 'objectAsList'
  /** A PATCH body without `schemas`. */
  | 'patchWithoutSchemas'
  /** `"operations"` and `"Op"`: members of a message in another case. */
  | 'messageKeyCase'
  /** The list of operations alone, without the message around it. */
  | 'bareOperations'
  /** Attributes that no schema knows, in bodies and object values, are passed over. */
  | 'ignoreUnknownAttributes'
  /** `remove` through a filter without a match succeeds and changes nothing. */
  | 'absentRemoval'
  /** `add` with one element instead of a list; the interoperability profile alone refuses it. */
  | 'addSingleElement'
  /** An operation without `path`; the interoperability profile alone refuses it. */
  | 'pathlessOperations'
  /** A path that ends in a value filter; the interoperability profile alone refuses it. */
  | 'elementTargets'
  /** A value filter that selects several elements; the interoperability profile alone refuses it. */
  | 'severalMatches'
  /** Several operations on one path; the interoperability profile alone refuses them. */
  | 'repeatedTargets'
  /** `replace` of a singular complex attribute keeps sub-attributes that are not given; the profile replaces it whole. */
  | 'mergeOnReplace'

/** A named set of rules: what providers send, the RFC to the letter, or the 2026 interoperability profile. */
export type CompatibilityBase = 'lenient' | 'strict' | 'interop'

/** How tolerant a server is: a base, or a base with single rules switched. */
export type Compatibility =
  | CompatibilityBase
  | {
      readonly base: CompatibilityBase
      readonly rules?: Readonly<Partial<Record<CompatibilityRule, boolean>>> | undefined
    }
