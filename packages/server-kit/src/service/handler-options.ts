import type { Compatibility, ServiceProviderConfig } from '@scimkit/core/schema'
import type { Note } from '../compatibility/reading.js'
import type { Principal, StoreContext } from '../store/store-context.js'
import type { HandlerLimits } from './handler-limits.js'
import type { Mount } from './mount.js'
import type { AfterHooks, BeforeHooks, MadeChange, ScimChanges } from './scim-change.js'

/** A way to authenticate, as ServiceProviderConfig publishes it. */
export type AuthenticationScheme = ServiceProviderConfig['authenticationSchemes'][number]

/** Finds out who sends a request; `null` is answered 401. A thrown `ScimError` is answered as it is. */
export type Authenticate = (request: Request) => Principal | null | Promise<Principal | null>

/** What a callback of the application learns about a request. */
export interface RequestInfo {
  readonly requestId: string
  /** Method in upper case. */
  readonly method: string
  /** Absent before the caller is known. */
  readonly principal?: Principal | undefined
  /** Present where an after-hook failed: the change that it was called for. */
  readonly change?: FailedChange | undefined
}

/** A change whose after-hook failed. */
export interface FailedChange
  extends Pick<MadeChange, 'changeId' | 'kind' | 'resourceType' | 'id' | 'sequence' | 'tenantId'> {
  /** How often it has failed so far. */
  readonly attempts: number
  /** Whether that was once too often, so that only `pending().retry(changeId)` tells it again. */
  readonly isParked: boolean
}

/** Calls into the application. */
export interface ScimHooks {
  /**
   * Called before each change, in the words of the application, while nothing is written and no lock is held. What it
   * throws ends the request and nothing of it is written; a `ScimError` is answered as it is. It may be called again when
   * another write came between, and called for a change that then fails, so it must have no effect of its own.
   */
  readonly before?: BeforeHooks | undefined
  /**
   * Called for each change that was made, once it is committed and before the client has its response; an app mirrors
   * resources into its own tables here. A change is kept in the store, written in the same transaction as what changed,
   * until its hook has succeeded. A hook that throws, or takes longer than `limits.hookTimeout`, is reported to `onError`
   * and called again by `redeliver()`, or with the next change of the same resource or membership. These keep their order,
   * but for what takes access away (`deactivate`, `deprovision`, `leave`), which waits for no change that failed. Each is
   * delivered at least once: rarely twice, when a process ends between the hook and the note of its success, with the same
   * `changeId` and `sequence` then.
   */
  readonly after?: AfterHooks | undefined
  /**
   * Kinds that the client may take for done only when their after-hook has succeeded: until then its request, and any
   * later one that names the same resource, is answered 503 and calls the hook again. The change is written either way.
   * `leave` may be added; an empty list answers every written change with success. Default: `deactivate` and
   * `deprovision`.
   */
  readonly required?: readonly Extract<keyof ScimChanges, 'deactivate' | 'deprovision' | 'leave'>[] | undefined
  /**
   * Turns a password that a client set into what `setPassword` receives in its place. It runs before the write, while
   * no lock is held, so it may be as slow as good hashing is.
   *
   * @param password The password in clear text; never log it.
   * @param context Tenant and caller.
   * @throws {ScimError} When the password is refused, such as 400 `invalidValue` by policy; nothing is written then.
   */
  readonly hashPassword?: ((password: string, context: StoreContext) => string | Promise<string>) | undefined
  /**
   * Keeps a password that a client set; no store ever receives it. On a store with transactions it runs within the one
   * that changes the resource, which is rolled back when the hook throws; that holds up other writers, so leave slow work
   * to `hashPassword`. On other stores the resource stays changed when it throws.
   *
   * @param context Tenant and caller.
   * @param id Id of the resource whose password it is.
   * @param password What `hashPassword` made of it; without that hook the password in clear text: hash it, never log it.
   * @throws {ScimError} When the password is refused, such as 400 `invalidValue` by policy.
   */
  readonly setPassword?: ((context: StoreContext, id: string, password: string) => void | Promise<void>) | undefined
  /**
   * Removes a password, so that it does not work any longer; asked for by a PATCH that removes `password` or replaces it by
   * `null`, and by `null` in a strict PUT. It runs where `setPassword` does. Without it such a request is 400 `mutability`.
   *
   * @param context Tenant and caller.
   * @param id Id of the resource whose password it is.
   * @throws {ScimError} When the password has to stay.
   */
  readonly removePassword?: ((context: StoreContext, id: string) => void | Promise<void>) | undefined
}

/** Options of `createScimHandler`. */
export interface ScimHandlerOptions {
  /** Path of the service root, such as `/scim/v2`; `/` where the root of the host is the service root. */
  readonly basePath: string
  readonly resources: readonly Mount[]
  readonly authenticate: Authenticate
  /**
   * URL of the service root as clients see it, such as `https://app.example.com/scim/v2`; a function where tenants
   * have URLs of their own. When absent, locations are built from the request's own scheme and host: they are made
   * anew for each response and never stored, so a forged `Host` affects no one but its sender. Set it behind a proxy.
   */
  readonly baseUrl?: string | ((request: Request, principal: Principal | null) => string) | undefined
  /** What is read beyond the RFC's letter. Default `lenient`. */
  readonly compatibility?: Compatibility | undefined
  readonly limits?: Partial<HandlerLimits> | undefined
  /**
   * Secrets that seal cursors, at least 32 bytes each: the first seals, all open. Default: those that a store keeps,
   * else one made at random for the process.
   */
  readonly cursorSecrets?: readonly (string | Uint8Array)[] | undefined
  readonly hooks?: ScimHooks | undefined
  /** Called for every reading that goes beyond the RFC's letter. */
  readonly onNote?: ((note: Note, info: RequestInfo) => void) | undefined
  /**
   * Called for every error that is answered 500, and every after-hook that failed. Default: a line on `console.error` with
   * the request id, and the error.
   */
  readonly onError?: ((error: unknown, info: RequestInfo) => void) | undefined
  /** What `GET /ServiceProviderConfig` says about authentication, and the challenge of a 401. Default: bearer token. */
  readonly authenticationSchemes?: readonly AuthenticationScheme[] | undefined
  /** Whether `GET /ServiceProviderConfig` is answered to anyone. Default `true`. */
  readonly openServiceProviderConfig?: boolean | undefined
  /**
   * Whether what attributes such as `manager` refer to must exist in the tenant, when it is written; else 400
   * `invalidValue`. Members of groups must exist in any case. Default `false`.
   */
  readonly checkReferences?: boolean | undefined
  /** What a PUT does with readWrite attributes it leaves out. Default `clear`. */
  readonly omittedOnReplace?: 'clear' | 'keep' | undefined
  /** Link to documentation for people. */
  readonly documentationUri?: string | undefined
  /** Makes the id of a new resource: unique, never used again, without a slash or the text `bulkId`, at most 1,024
   * characters; another is answered with 500. Default: a random UUID. */
  readonly createId?: (() => string) | undefined
  /** The clock behind `meta.created` and `meta.lastModified`. Default: the system's. */
  readonly now?: (() => Date) | undefined
}
