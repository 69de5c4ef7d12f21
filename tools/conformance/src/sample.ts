/** A request as a sample states it; every text may hold placeholders such as `{{u1}}`. */
export interface SampleRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below the base URL, such as `/Users/{{u1}}`; a query written here is sent as it is. */
  readonly path: string
  /** Query parameters, unencoded. */
  readonly query?: Readonly<Record<string, string>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: unknown
}

/** What a response must be like. */
export interface Expectation {
  /** Statuses that are right, the one that this project answers with first. */
  readonly status: readonly number[]
  /** Keyword of the error body, or keywords of which one is right. */
  readonly scimType?: string | readonly string[] | undefined
  readonly headers?: Readonly<Record<string, unknown>> | undefined
  /** Matcher of the body, as the README of the samples explains it. */
  readonly body?: unknown
}

/** An expectation together with the follow-up requests that show the state it left. */
export interface Outcome extends Expectation {
  readonly after?: readonly Exchange[] | undefined
}

/** Where a value for a placeholder is found in a response: by JSON pointer in the body, or by name in the headers. */
export type CaptureSource = { readonly body: string } | { readonly header: string }

/** Names of placeholders and where their values come from. */
export type Captures = Readonly<Record<string, CaptureSource>>

/** A request and its response. */
export interface Exchange {
  readonly title?: string | undefined
  readonly request: SampleRequest
  readonly answers: Expectation
  readonly capture?: Captures | undefined
  readonly after?: readonly Exchange[] | undefined
}

/** A resource that must exist first; its id is kept under the name `as`. */
export interface Given {
  readonly create: string
  readonly as: string
  readonly body: unknown
  readonly capture?: Captures | undefined
}

/** What every sample says about itself. */
export interface SampleHeader {
  readonly id: string
  readonly title: string
  readonly source: string
}

/** One request of an identity provider or of the RFC, with everything needed to check its response. */
export interface ExchangeSample extends SampleHeader, Exchange {
  readonly title: string
  readonly provider: string
  /** A: vendor's own document or test; B: code written against real traffic; C: inferred. */
  readonly confidence: 'A' | 'B' | 'C'
  readonly given?: readonly Given[] | undefined
  /** Compatibility rules that the request needs, and what happens with each of them switched off. */
  readonly rules?: Readonly<Record<string, Outcome>> | undefined
  /** What happens in strict mode; the same as in lenient mode when absent. */
  readonly strict?: Outcome | undefined
  /** What happens in interop mode; the same as in strict mode when absent. */
  readonly interop?: Outcome | undefined
}

/** A resource or message that a validator must accept. */
export interface DocumentSample extends SampleHeader {
  /** Name of the validator, such as `User` or `ListResponse<User>`. */
  readonly validates: string
  readonly body: object
}

/** One step of a conversation: a sample by its id, a resource that is created, or an exchange of its own. */
export type ConversationStep = { readonly sample: string } | Given | (Exchange & { readonly title: string })

/** An ordered list of requests as one identity provider sends them to one service provider. */
export interface ConversationSample {
  readonly id: string
  readonly provider: string
  readonly title: string
  /** All compatibility rules that its samples need. */
  readonly rules: readonly string[]
  readonly steps: readonly ConversationStep[]
}

/** Any file of `schemas/samples`. */
export type Sample = ExchangeSample | DocumentSample | ConversationSample
