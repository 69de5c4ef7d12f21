/** How sure a fact is: the vendor's documentation, the product's source, other people, or nobody yet. */
export type Confidence = 'documentation' | 'source' | 'third party' | 'unverified'

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
  | 'password'

/** How many requests a server takes in a time. */
export interface RateLimit {
  /** What is counted together. */
  readonly of: 'writes' | 'reads' | 'userReads' | 'groupReads' | 'userWrites' | 'groupUpdates' | 'groupWrites'
  readonly requests: number
  /** Length of the window in seconds. */
  readonly seconds: number
  /** Requests that may come at once. */
  readonly burst?: number | undefined
}

/** How many of something a server takes in a time, however the requests are cut. */
export interface Quota {
  readonly of: 'usersAssigned' | 'usersAddedToOneGroup'
  readonly count: number
  /** Length of the window in seconds. */
  readonly seconds: number
}

/**
 * What a real server requires, refuses and limits, beyond what its discovery documents say.
 *
 * A fact that is not known is left out; it is no promise.
 */
export interface ServerProfile {
  /** Such as `aws`. */
  readonly name: string
  readonly title: string
  readonly confidence: Confidence
  readonly missing: readonly MissingFeature[]
  readonly page?: {
    /** Resources in a page when `count` is not given. */
    readonly default?: number | undefined
    /** Most resources in a page. */
    readonly max: number
    /** What a larger `count` leads to, where it is known. */
    readonly above?: 'clamped' | 'refused' | undefined
  }
  readonly filter?: {
    readonly operators: readonly string[]
    readonly logical: readonly ('and' | 'or' | 'not')[]
    /** Attribute paths that filters may name. */
    readonly attributes: readonly string[]
  }
  /** Most members in a new group. */
  readonly maxMembersInCreate?: number | undefined
  /** Most members that one PATCH adds or removes. */
  readonly maxMembersInPatch?: number | undefined
  /** Attributes of Group that a PATCH may name. */
  readonly patchableGroupAttributes?: readonly string[] | undefined
  /** Most values of one multi-valued attribute of User. */
  readonly maxValues?: number | undefined
  /** Headers without which a request is refused. */
  readonly requiredHeaders?: readonly string[] | undefined
  readonly rates?: readonly RateLimit[] | undefined
  readonly quotas?: readonly Quota[] | undefined
  /** Whether 429 comes with `Retry-After`. */
  readonly retryAfter?: boolean | undefined
  /** What a client has to know and no data can say. */
  readonly notes: readonly string[]
}
