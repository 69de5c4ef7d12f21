import { handleRequest } from './handle-request.js'
import { beginLoading, loadOnUse } from './load-on-use.js'
import { findDocuments } from './operations/discovery.js'
import { fromRequest } from './request/incoming-request.js'
import { toResponse } from './response/scim-response.js'
import { createService } from './service/create-service.js'
import type { ScimHandlerOptions } from './service/handler-options.js'
import { type DirectHandler, respondDirectly, type ScimHandler } from './service/scim-handler.js'
import type { Service } from './service/service.js'
import type { PendingChanges } from './write/pending-changes.js'
import type { Redelivery } from './write/redeliver.js'

/** A service provider. */
export interface ScimServiceProvider extends ScimHandler {
  /**
   * Tells after-hooks about every change, of all tenants, whose hook has not succeeded yet. To be called at the start of
   * a process and then now and again; several processes may call it at the same time.
   *
   * @param options `signal` ends it behind the changes that are under way.
   * @returns How many were delivered, and how many are kept still.
   */
  redeliver(options?: { readonly signal?: AbortSignal | undefined }): Promise<Redelivery>
  /** @returns The changes of all tenants whose after-hook has not succeeded, to look at, tell again and drop. */
  pending(): PendingChanges
}

/**
 * Makes a SCIM 2.0 service provider.
 *
 * @param options What is served, to whom, and how tolerantly.
 * @returns The handler; it holds no connection and needs no closing.
 * @throws {TypeError} That names the option at fault.
 * @see https://www.rfc-editor.org/rfc/rfc7644
 * @example
 * const store = memoryStore()
 * export const scim = createScimHandler({
 *   basePath: '/scim/v2',
 *   resources: [mount(userResource, store), mount(groupResource, store)],
 *   authenticate: bearerToken(process.env.SCIM_TOKEN ?? ''),
 * })
 */
export function createScimHandler(options: ScimHandlerOptions): ScimServiceProvider {
  const service = createService(options)
  if (isNode()) loadAtStart(service)
  const handler: ScimServiceProvider & DirectHandler = {
    fetch: async (request) => toResponse(await handleRequest(service, fromRequest(request))),
    redeliver: async ({ signal } = {}) => redeliver(service, signal),
    pending: () => ({
      async *list() {
        yield* await listPending(service)
      },
      retry: async (id) => retryPending(service, id),
      drop: async (id) => dropPending(service, id),
    }),
    [respondDirectly]: (incoming) => handleRequest(service, incoming),
  }
  return handler
}

const loadPending = () => import('./write/pending-changes.js')
const listPending = /* @__PURE__ */ loadOnUse(loadPending, (module, service: Service) => module.listPending(service))
const retryPending = /* @__PURE__ */ loadOnUse(loadPending, (module, service: Service, id: string) =>
  module.retryPending(service, id),
)
const dropPending = /* @__PURE__ */ loadOnUse(loadPending, (module, service: Service, id: string) =>
  module.dropPending(service, id),
)
const redeliver = /* @__PURE__ */ loadOnUse(
  () => import('./write/redeliver.js'),
  (module, service: Service, signal: AbortSignal | undefined) => module.redeliver(service, signal),
)

/**
 * Begins to load what requests load on use, the descriptions of schemas too. Node remembers a module whose file could
 * not be read for as long as the process lives (version 20), so that a moment without descriptors, or a `dist` that an
 * update replaces, would leave operations that fail until the next start.
 */
function loadAtStart(service: Service): void {
  beginLoading()
  findDocuments(service).catch(() => undefined) // the request that needs them tries again
}

/** Elsewhere a failed import is tried again, and what is not used stays unloaded. */
function isNode(): boolean {
  const { process } = globalThis as { process?: { readonly release?: { readonly name?: string } } } // absent elsewhere
  return process?.release?.name === 'node'
}
