import { beginLoading } from './load-on-use.js'
import type { Service } from './service/service.js'

/**
 * Begins to load what requests load on use. Node remembers a module whose file could not be read for as long as the
 * process lives (version 20), so that a moment without descriptors, or a `dist` that an update replaces, would leave
 * operations that fail until the next start.
 *
 * @param service Service provider, whose schemas' descriptions are loaded too.
 */
export function loadAtStart(service: Service): void {
  beginLoading()
  const schemas = () => import('./operations/list-schemas.js').then(({ findDocuments }) => findDocuments(service))
  for (const load of [...operations, schemas]) {
    load().catch(() => undefined) // whoever needs it tries again, and tells of it
  }
}

const operations: readonly (() => Promise<unknown>)[] = [
  () => import('./operations/create-resource.js'),
  () => import('./operations/replace-resource.js'),
  () => import('./operations/patch-resource.js'),
  () => import('./operations/delete-resource.js'),
  () => import('./bulk/bulk-resources.js'),
  () => import('./write/run-guarded-write.js'),
  () => import('./write/tell-written.js'),
  () => import('./write/redeliver.js'),
  () => import('./write/pending-changes.js'),
  () => import('./request/read-filter.js'),
  () => import('./memory/search-table.js'),
  () => import('./operations/list-by-cursor.js'),
  () => import('./operations/search-resources.js'),
  () => import('./operations/query-all-types.js'),
  () => import('./operations/serve-me.js'),
  () => import('./operations/get-service-provider-config.js'),
  () => import('./operations/list-resource-types.js'),
  () => import('./response/fill-display-names.js'),
  () => import('./response/read-member-list.js'),
]
