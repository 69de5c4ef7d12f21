/** A named set of rules: what providers send, the RFC to the letter, or the 2026 interoperability profile. */
export type CompatibilityBase = 'lenient' | 'strict' | 'interop'

type Bases = readonly CompatibilityBase[]

const lenient: Bases = ['lenient']
const lenientAndInterop: Bases = ['lenient', 'interop']
const lenientAndStrict: Bases = ['lenient', 'strict']
const none: Bases = []

/**
 * The readings beyond the RFC's letter, each a switch of its own, with the bases that have it on. The type
 * `CompatibilityRule`, the switches of server-kit, the table in its README and the list in
 * `schemas/samples/sample.schema.json` come from here: `npm run generate` copies the comments. Each comment is one
 * sentence that says what is read, followed by its source.
 */
export const compatibilityRules = {
  /**
   * `"op": "Add"`, an operation of PATCH in another case. Source: Microsoft Entra without its flag `aadOptscim062020`
   */
  opCaseInsensitive: lenient,
  /**
   * `"operations"` for `"Operations"`, `?Filter=` for `?filter=`: known names of messages and parameters in another
   * case; off, they are 400 `invalidValue`. Source: clients that fold names
   */
  messageKeyCase: lenient,
  /** A PATCH body without `schemas`, or with an empty list. Source: Okta */
  patchWithoutSchemas: lenient,
  /** The body of a POST or PUT without `schemas`, or with an empty list. Source: clients that send attributes alone */
  resourceWithoutSchemas: lenient,
  /**
   * The body of a search or of a bulk request without `schemas`, or with an empty list. Source: clients that send the
   * parameters alone
   */
  messageWithoutSchemas: lenient,
  /**
   * `schemas` that lists a URI twice, or leaves out that of an extension in use. Source: clients that list the base
   * schema alone
   */
  inexactSchemas: lenient,
  /** Unknown URIs in `schemas`, and the one of SCIM 1.1 for the base schema. Source: Microsoft Entra, OneLogin */
  ignoreUnknownSchema: lenient,
  /**
   * Attributes that no schema has, in bodies, object values and filters. Source: Microsoft Entra; RFC 7644 §3.3 leaves
   * it open
   */
  ignoreUnknownAttributes: lenient,
  /** The list of operations without the message around it. Source: RFC 7644 §3.7, by the figure of erratum 5050 */
  bareOperations: lenient,
  /** `"Operations": []`, which changes nothing. Source: Microsoft Entra */
  emptyOperations: lenient,
  /**
   * `"value": [{ "active": false }]`, a list of one object, in an operation without path. Source: clients that write
   * every value as a list
   */
  pathlessList: lenient,
  /**
   * `"method": "post"` in a bulk operation, `sortOrder=DESCENDING`: keywords in another case. Source: clients whose
   * enumerations are in capitals
   */
  keywordCase: lenient,
  /** `/scim/v2//Users`, several slashes for one. Source: base URLs that end in a slash */
  doubledSlashes: lenient,
  /**
   * `"True"` and `"false"` for boolean attributes, in values and in filters. Source: Microsoft Entra without its flag
   * `aadOptscim062020`
   */
  stringBooleans: lenient,
  /**
   * `"5"` for integer and decimal attributes, in values and in filters. Source: serialisers that write every value as
   * text
   */
  stringNumbers: lenient,
  /** A list of one element for a singular attribute. Source: Microsoft Entra */
  unwrapSingleElement: lenient,
  /** An object, or another single value, for a multi-valued attribute. Source: OneLogin */
  objectAsList: lenient,
  /**
   * `"manager": "2"` for a complex attribute that has a `value`, `"emails": ["a@example.com"]` for a list of them.
   * Source: Microsoft Entra
   */
  complexFromString: lenient,
  /** `"manager": ""`, `[]` or `{ "value": "" }` to unassign the manager. Source: Microsoft Entra */
  emptyStringUnassigns: lenient,
  /**
   * A member or a manager given by `$ref` alone, where it is the URL of a resource of this service provider. Source:
   * RFC 7643 §4.2
   */
  memberFromRef: lenient,
  /**
   * `"name.givenName"` and `"urn:…:User:department"` as keys of a resource, or of a value without path. Source:
   * Microsoft Entra with its flag
   */
  dottedKeys: lenient,
  /**
   * `urn:…:User.department`, a dot between the URN of a schema and an attribute. Source: attribute mappings that join
   * names by dots
   */
  urnDot: lenient,
  /** `emails[type eq "work"].value eq "x"` in a filter. Source: Microsoft Entra */
  filterAfterBracket: lenient,
  /** Missing or extra space in a filter. Source: RFC 7644 §3.4.2.2, by a figure */
  spacing: lenient,
  /** `externalId eq jyoung`, a string without quotes in a filter. Source: Microsoft Entra */
  bareWords: lenient,
  /** A filter without a match creates the element that it describes; off, it is `noTarget`. Source: Microsoft Entra */
  createOnUnmatchedFilter: lenient,
  /**
   * `remove` through a filter without a match succeeds; off, it is `noTarget`. Source: RFC 7644 §3.5.2.2 leaves it
   * open
   */
  absentRemoval: lenient,
  /**
   * `remove` with a list in `value` removes these elements; off, the RFC's letter removes **all**. Source: Microsoft
   * Entra, JumpCloud
   */
  removeByValue: lenientAndInterop,
  /**
   * A readOnly attribute with the value that it was returned with, as in a whole resource that is sent back. Source:
   * Okta
   */
  unchangedReadOnly: lenient,
  /**
   * A PUT without a required attribute that the stored resource lacks as well, since its schema came later. Source:
   * resources that are older than their schema
   */
  unchangedRequired: lenientAndInterop,
  /**
   * `"password": null` in a PUT counts as absent; off, it asks for the removal of the password. Source: clients that
   * write `null` for what they do not know
   */
  nullPassword: lenientAndInterop,
  /**
   * A member sent with another `display` than it has, which it keeps; off, it is `mutability`. Source: clients that
   * read the display anew
   */
  memberDisplay: lenientAndInterop,
  /**
   * Members that do not exist are left out with a note; **off in every base**, where they are 400. Source: directories
   * that sync groups before users
   */
  skipUnknownMembers: none,
  /** `add` with one element instead of a list. Source: RFC 7644 §3.5.2.1; the profile asks for a list */
  addSingleElement: lenientAndStrict,
  /** An operation without `path`. Source: RFC 7644 §3.5.2; the profile asks for a path */
  pathlessOperations: lenientAndStrict,
  /** A path that ends in a filter. Source: RFC 7644 §3.5.2; the profile asks for a sub-attribute behind it */
  elementTargets: lenientAndStrict,
  /** A filter that selects several elements. Source: RFC 7644 §3.5.2; the profile asks for one */
  severalMatches: lenientAndStrict,
  /** Several operations on one path. Source: RFC 7644 §3.5.2; the profile allows one */
  repeatedTargets: lenientAndStrict,
  /**
   * `replace` of a singular complex attribute keeps the sub-attributes that are not given. Source: RFC 7644 §3.5.2.3;
   * the profile replaces it whole
   */
  mergeOnReplace: lenientAndStrict,
}

/** A reading beyond the RFC's letter that identity providers need, each a switch of its own. */
export type CompatibilityRule = keyof typeof compatibilityRules

/** How tolerant a server is: a base, or a base with single rules switched. */
export type Compatibility =
  | CompatibilityBase
  | {
      readonly base: CompatibilityBase
      readonly rules?: { readonly [Rule in keyof typeof compatibilityRules]?: boolean } | undefined
    }
