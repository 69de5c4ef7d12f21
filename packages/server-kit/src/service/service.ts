import type { CompatibilityRules } from '../compatibility/resolve-compatibility.js'
import type { CursorSecrets } from '../cursors.js'
import type { CheckedReference } from '../write/find-checked-references.js'
import type { WriteHooks } from '../write/resolve-hooks.js'
import type { HandlerLimits } from './handler-limits.js'
import type { AuthenticationScheme, ScimHandlerOptions } from './handler-options.js'
import type { ServedResource } from './served-resource.js'

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
  /** Whether names that no schema knows are refused, not passed over. */
  readonly refuseUnknown: boolean
  readonly authenticationSchemes: readonly AuthenticationScheme[]
  /** Value of `WWW-Authenticate`. */
  readonly challenge: string
  /** Path that is answered without credentials; `undefined` when there is none. */
  readonly openPath: string | undefined
  readonly onError: NonNullable<ScimHandlerOptions['onError']>
  readonly createId: () => string
  readonly now: () => Date
}
