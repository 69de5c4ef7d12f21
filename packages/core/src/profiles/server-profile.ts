/** How sure a fact is: the vendor's documentation, the product's source, other people, or no one yet. */
export type Confidence = 'documentation' | 'source' | 'third party' | 'unverified'

/** Where a fact comes from. */
export interface Evidence {
  readonly confidence: Confidence
  /** Title of the document, or who said it. */
  readonly source: string
  /** Address of the document. */
  readonly url: string
}

/** What a client has to know and no data can say. */
export interface ProfileNote {
  readonly text: string
  readonly confidence: Confidence
  /** Address of the document that says so. */
  readonly url: string
}

/** What a server of RFC 7644 may lack. */
export type MissingFeature =
  | 'bulk'
  | 'search'
  | 'me'
  | 'indexPaging'
  | 'projection'
  | 'readMembers'
  | 'replaceMembers'
  | 'removeAllMembers'
  | 'replaceGroup'
  | 'deleteUser'
  | 'password'

/** How many requests a server accepts in a period. */
export interface RateLimit {
  /** What is counted together. */
  readonly of:
    | 'requests'
    | 'writes'
    | 'reads'
    | 'userReads'
    | 'groupReads'
    | 'userWrites'
    | 'groupUpdates'
    | 'groupWrites'
  readonly requests: number
  /** Length of the window in seconds. */
  readonly seconds: number
  /** Requests that may come at once. */
  readonly burst?: number | undefined
}

/** How many of something a server accepts in a period, however the requests are cut. */
export interface Quota {
  readonly of: 'usersAssigned' | 'usersAddedToOneGroup'
  readonly count: number
  /** Length of the window in seconds. */
  readonly seconds: number
}

/** What a client can keep to; each member that is not known is absent, which promises nothing. */
export interface ServerFacts {
  /** What the server lacks. */
  readonly missing?: readonly MissingFeature[] | undefined
  readonly page?:
    | {
        /** Resources in a page when `count` is not given. */
        readonly default?: number | undefined
        /** Most resources in a page. */
        readonly max: number
        /** What a larger `count` leads to, where it is known. */
        readonly above?: 'clamped' | 'refused' | undefined
      }
    | undefined
  readonly filter?:
    | {
        readonly operators?: readonly string[] | undefined
        readonly logical?: readonly ('and' | 'or' | 'not')[] | undefined
        /** Attribute paths that filters of users may name. */
        readonly userAttributes?: readonly string[] | undefined
        /** Attribute paths that filters of groups may name. */
        readonly groupAttributes?: readonly string[] | undefined
        /** Most nodes of a filter, as the vendor counts them; a comparison is at least one. */
        readonly maxNodes?: number | undefined
      }
    | undefined
  /** Most members in a new group. */
  readonly maxMembersInCreate?: number | undefined
  /** Most members that one PATCH adds or removes. */
  readonly maxMembersInPatch?: number | undefined
  /** How members are added: `nested` repeats the attribute's name inside the value. */
  readonly memberAdd?: 'nested' | undefined
  /** Attributes of Group that a PATCH may name. */
  readonly patchableGroupAttributes?: readonly string[] | undefined
  /** Most values of one multi-valued attribute of User. */
  readonly maxValues?: number | undefined
  /** Most groups that a user may be in. */
  readonly maxGroupsOfUser?: number | undefined
  /** Headers without which a request is refused. */
  readonly requiredHeaders?: readonly string[] | undefined
  readonly rates?: readonly RateLimit[] | undefined
  readonly quotas?: readonly Quota[] | undefined
  /** Whether 429 comes with `Retry-After`. */
  readonly retryAfter?: boolean | undefined
  /** How responses differ from the RFC's. */
  readonly answers?: readonly OddAnswer[] | undefined
}

/**
 * How a server's responses differ from the RFC's: booleans as text, `schemas` of an error as text with JSON in it, a page
 * by cursor without `totalResults`, or attributes of the enterprise extension beside it.
 */
export type OddAnswer = 'booleanAsString' | 'errorSchemasAsString' | 'cursorPageWithoutTotal' | 'extensionAtTopLevel'

/** What a real server requires, refuses and limits, beyond what its discovery documents say. */
export interface ServerProfile extends ServerFacts {
  /** Such as `aws`. */
  readonly name: string
  readonly title: string
  /** Where each fact comes from. */
  readonly evidence: { readonly [Fact in keyof ServerFacts]?: Evidence | undefined }
  /** What a client has to know and no data can say; `evidence` does not cover it. */
  readonly notes: readonly ProfileNote[]
}
