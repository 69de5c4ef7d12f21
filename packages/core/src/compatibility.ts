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
  /** `"name.givenName"` and `"urn:…:User:department"` as keys of a resource, or of a value without path. */
  | 'dottedKeys'
  /** A list of one element for a singular attribute. */
  | 'unwrapSingleElement'
  /** `"manager": "id"` for a complex attribute that has `value`, and `"emails": ["a@b.c"]` for a list of such. */
  | 'complexFromString'
  /** `""` unassigns a complex attribute, and so do `[]` for a singular one and an empty `value` of a reference. */
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
  /** An object, or another single value, for a multi-valued attribute. */
  | 'objectAsList'
  /** A PATCH body without `schemas`. */
  | 'patchWithoutSchemas'
  /** The body of a POST or PUT without `schemas`. */
  | 'resourceWithoutSchemas'
  /** The body of a search or of a bulk request without `schemas`. */
  | 'messageWithoutSchemas'
  /** `schemas` that lists a URI twice, or leaves out that of an extension in use. */
  | 'inexactSchemas'
  /** `"operations"` and `"Op"`: members of a message in another case. */
  | 'messageKeyCase'
  /** The list of operations alone, without the message around it. */
  | 'bareOperations'
  /** `"value": [{ "active": false }]`: a list of one object as the value of an operation without path. */
  | 'pathlessList'
  /** `urn:…:User.department`: a dot between the URN of a schema and an attribute. */
  | 'urnDot'
  /** `"5"` where the schema says integer or decimal. */
  | 'stringNumbers'
  /** A member or manager given by the `$ref` of a resource of this service provider alone. */
  | 'memberFromRef'
  /** Members that do not exist are passed over; off in every base. */
  | 'skipUnknownMembers'
  /** `"method": "post"` in a bulk operation, and `sortOrder=DESCENDING`: keywords in another case. */
  | 'keywordCase'
  /** `/scim/v2//Users`: several slashes in a path, read as one. */
  | 'doubledSlashes'
  /** Attributes that no schema knows, in bodies and object values, are passed over. */
  | 'ignoreUnknownAttributes'
  /** `remove` through a filter without a match succeeds and changes nothing. */
  | 'absentRemoval'
  /** A PUT without a required attribute that the stored resource lacks as well, since its schema came later; on in `interop` too. */
  | 'unchangedRequired'
  /** `"password": null` in a PUT counts as absent; on in `interop` too. */
  | 'nullPassword'
  /** A member sent with another `display` than it has keeps the one it has; on in `interop` too. */
  | 'memberDisplay'
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
