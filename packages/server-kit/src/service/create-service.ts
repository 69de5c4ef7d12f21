import { checkNames } from '../check-names.js'
import { resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import type { CursorSecrets } from '../cursors.js'
import { findCheckedReferences } from './find-checked-references.js'
import { resolveLimits } from './handler-limits.js'
import type { AuthenticationScheme, ScimHandlerOptions } from './handler-options.js'
import type { Mount } from './mount.js'
import { printFailure } from './report-failure.js'
import { resolveHooks } from './resolve-hooks.js'
import { type ServedResource, serveMounts } from './served-resource.js'
import type { Service } from './service.js'

/**
 * Checks the options of a service provider and prepares what they name.
 *
 * @param options What is served, to whom, and how tolerantly.
 * @returns The service provider before its first request.
 * @throws {TypeError} That names the option at fault.
 */
export function createService(options: ScimHandlerOptions): Service {
  checkOptions(options)
  const basePath = options.basePath === '/' ? '' : options.basePath
  const served = serveMounts(options.resources)
  const compatibility = resolveCompatibility(options.compatibility)
  const authenticationSchemes = options.authenticationSchemes ?? [bearerScheme]
  return {
    options,
    basePath,
    served,
    byEndpoint: indexBy(served, ({ endpoint }) => endpoint, 'endpoint'),
    byName: indexBy(served, ({ definition }) => definition.name, 'name'),
    groups: served.filter(({ members }) => members !== undefined),
    limits: resolveLimits(options.limits),
    cursorSecrets: () => options.cursorSecrets ?? readStoredSecrets(options.resources),
    compatibility,
    references: options.checkReferences
      ? new Map(served.map((type) => [type, findCheckedReferences(type, served)]))
      : undefined,
    hooks: resolveHooks(options.hooks, options.resources),
    authenticationSchemes,
    challenge: challengeOf(authenticationSchemes),
    openPath: options.openServiceProviderConfig === false ? undefined : `${basePath}/ServiceProviderConfig`,
    onError: options.onError ?? printFailure,
    createId: options.createId ?? (() => crypto.randomUUID()),
    now: options.now ?? (() => new Date()),
  }
}

/** The secrets of the first store that keeps some. */
function readStoredSecrets(mounts: readonly Mount[]): CursorSecrets | Promise<CursorSecrets> {
  const keeper = mounts.find(({ store }) => store.cursorSecrets)
  return keeper?.store.cursorSecrets?.() ?? []
}

const optionNames: Readonly<Record<keyof ScimHandlerOptions, true>> = {
  basePath: true,
  resources: true,
  authenticate: true,
  baseUrl: true,
  compatibility: true,
  limits: true,
  cursorSecrets: true,
  hooks: true,
  onNote: true,
  onError: true,
  authenticationSchemes: true,
  openServiceProviderConfig: true,
  checkReferences: true,
  omittedOnReplace: true,
  documentationUri: true,
  createId: true,
  now: true,
}

function checkOptions(options: ScimHandlerOptions): void {
  checkNames('createScimHandler: ', options, Object.keys(optionNames))
  const { basePath, resources, authenticate, baseUrl, cursorSecrets } = options
  if (typeof basePath !== 'string' || !/^\/(?:[A-Za-z0-9\-._~]+(?:\/[A-Za-z0-9\-._~]+)*)?$/.test(basePath)) {
    throw new TypeError('createScimHandler: basePath must be a path such as /scim/v2, without a slash at its end')
  }
  if (!Array.isArray(resources) || resources.length === 0) {
    throw new TypeError('createScimHandler: resources must list at least one mount(definition, store)')
  }
  for (const [at, one] of resources.entries()) {
    if (one?.definition && one.store) continue
    throw new TypeError(`createScimHandler: resources[${at}] is not a mount; give mount(definition, store)`)
  }
  if (typeof authenticate !== 'function') throw new TypeError('createScimHandler: authenticate must be a function')
  if (typeof baseUrl === 'string' && !/^https?:\/\/[^?#]+$/.test(baseUrl)) {
    throw new TypeError('createScimHandler: baseUrl must be an http or https URL without query')
  }
  for (const secret of cursorSecrets ?? []) {
    const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret
    if (bytes.byteLength < 32)
      throw new TypeError('createScimHandler: each of cursorSecrets must have at least 32 bytes')
  }
}

function indexBy(
  served: readonly ServedResource[],
  keyOf: (resource: ServedResource) => string,
  what: string,
): ReadonlyMap<string, ServedResource> {
  const index = new Map<string, ServedResource>()
  for (const resource of served) {
    const key = keyOf(resource)
    if (index.has(key)) throw new TypeError(`createScimHandler: resources holds two mounts with the ${what} ${key}`)
    index.set(key, resource)
  }
  return index
}

const bearerScheme: AuthenticationScheme = {
  type: 'oauthbearertoken',
  name: 'Bearer token',
  description: 'A token in the Authorization header',
  specUri: 'https://www.rfc-editor.org/info/rfc6750',
  primary: true,
}

/** @see https://www.rfc-editor.org/rfc/rfc7644#section-2 */
function challengeOf(schemes: readonly AuthenticationScheme[]): string {
  const names = schemes.map(({ type }) => {
    if (type === 'httpbasic') return 'Basic'
    return type === 'httpdigest' ? 'Digest' : 'Bearer'
  })
  return [...new Set(names)].map((name) => `${name} realm="scim"`).join(', ') || 'Bearer realm="scim"'
}
