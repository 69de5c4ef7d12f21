import type { CompatibilityRules } from '../compatibility/resolve-compatibility.js'
import type { CursorSecrets } from '../cursors.js'
import type { HandlerLimits } from './handler-limits.js'
import type { AuthenticationScheme, ScimHandlerOptions, ScimHooks } from './handler-options.js'
import type { AfterHooks, BeforeHooks } from './scim-change.js'
import type { CheckedReference, ServedResource } from './served-resource.js'

/** Hooks that have a part in every write. */
export interface WriteHooks {
  readonly before: BeforeHooks
  readonly after: AfterHooks
  readonly hashPassword: ScimHooks['hashPassword']
  /** Kinds whose after-hook must have succeeded before the client takes the change for done. */
  readonly required: ReadonlySet<string>
}

/** A service provider: its options checked and completed, its mounts prepared. */
export interface Service {
  readonly options: ScimHandlerOptions
  /** Without a slash at the end; empty for the root of the host. */
  readonly basePath: string
  readonly served: readonly ServedResource[]
  readonly byEndpoint: ReadonlyMap<string, ServedResource>
  readonly byName: ReadonlyMap<string, ServedResource>
  /** Types whose members live in a membership port. */
  readonly groups: readonly ServedResource[]
  readonly limits: HandlerLimits
  /** Reads the secrets of cursors, when the first one is made or read. */
  readonly cursorSecrets: () => CursorSecrets | Promise<CursorSecrets>
  readonly compatibility: CompatibilityRules
  /** References that are checked, by the type that has them; absent when none are. */
  readonly references: ReadonlyMap<ServedResource, readonly CheckedReference[]> | undefined
  /** Hooks that have a part in every write; absent when there are none. */
  readonly hooks: WriteHooks | undefined
  readonly authenticationSchemes: readonly AuthenticationScheme[]
  /** Value of `WWW-Authenticate`. */
  readonly challenge: string
  /** Path that needs no credentials; `undefined` when every path does. */
  readonly openPath: string | undefined
  readonly onError: NonNullable<ScimHandlerOptions['onError']>
  readonly createId: () => string
  readonly now: () => Date
}
