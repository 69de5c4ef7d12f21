import { afterEach, describe } from 'vitest'
import type { StoreUnderTest } from '../src/testing.js'
import { bulkReferenceRules } from './http/bulk-reference-rules.js'
import { concurrencyRules } from './http/concurrency-rules.js'
import { contentRules } from './http/content-rules.js'
import { createRules } from './http/create-rules.js'
import { cursorRules } from './http/cursor-rules.js'
import { deleteRules } from './http/delete-rules.js'
import { discoveryRules } from './http/discovery-rules.js'
import { edgeRules } from './http/edge-rules.js'
import { endpointRules } from './http/endpoint-rules.js'
import { evolutionRules } from './http/evolution-rules.js'
import { filterPartRules } from './http/filter-part-rules.js'
import { groupRules } from './http/group-rules.js'
import { hiddenRules } from './http/hidden-rules.js'
import { hookDeliveryRules } from './http/hook-delivery-rules.js'
import { hookOrderRules } from './http/hook-order-rules.js'
import { hookRefusalRules } from './http/hook-refusal-rules.js'
import { hookRequiredRules } from './http/hook-required-rules.js'
import { hookRules } from './http/hook-rules.js'
import { hookTimeRules } from './http/hook-time-rules.js'
import { type Host, type StartHost, startHost, type Transport } from './http/host.js'
import { keyRules } from './http/key-rules.js'
import { lenientRules } from './http/lenient-rules.js'
import { listRules } from './http/list-rules.js'
import { meRules } from './http/me-rules.js'
import { mirrorRules } from './http/mirror-rules.js'
import { passwordRules } from './http/password-rules.js'
import { patchRules } from './http/patch-rules.js'
import { projectionRules } from './http/projection-rules.js'
import { queryNameRules } from './http/query-name-rules.js'
import { readingRules } from './http/reading-rules.js'
import { referenceRules } from './http/reference-rules.js'
import { replaceRules } from './http/replace-rules.js'
import { rootQueryRules } from './http/root-query-rules.js'
import { tenantRules } from './http/tenant-rules.js'
import { textRules } from './http/text-rules.js'
import { versionRules } from './http/version-rules.js'

const suites: readonly (readonly [string, (start: StartHost) => void])[] = [
  ['endpoints', endpointRules],
  ['ids, slashes and keywords', edgeRules],
  ['content', contentRules],
  ['texts', textRules],
  ['reading', readingRules],
  ['create', createRules],
  ['lenient readings', lenientRules],
  ['names of members', keyRules],
  ['read and list', listRules],
  ['names in queries', queryNameRules],
  ['parts in filters', filterPartRules],
  ['cursors', cursorRules],
  ['all types', rootQueryRules],
  ['projection', projectionRules],
  ['replace', replaceRules],
  ['patch', patchRules],
  ['passwords', passwordRules],
  ['delete', deleteRules],
  ['resources of an earlier schema', evolutionRules],
  ['groups', groupRules],
  ['versions', versionRules],
  ['discovery', discoveryRules],
  ['tenants', tenantRules],
  ['hidden attributes', hiddenRules],
  ['references', referenceRules],
  ['references in bulk requests', bulkReferenceRules],
  ['me', meRules],
  ['hooks', hookRules],
  ['hooks that refuse', hookRefusalRules],
  ['hooks that fail', hookDeliveryRules],
  ['hooks in order', hookOrderRules],
  ['hooks that hang', hookTimeRules],
  ['hooks that take access away', hookRequiredRules],
  ['mirror', mirrorRules],
  ['concurrency', concurrencyRules],
]

/**
 * Runs every rule of the protocol against a service provider on a store, twice: through the web handler and through a
 * Node server on a loopback socket.
 *
 * @param createStore Makes an empty store for one test.
 * @param transports How requests reach the handler; both ways where it is absent.
 */
export function describeHttp(
  createStore: () => StoreUnderTest | Promise<StoreUnderTest>,
  transports: readonly Transport[] = ['web handler', 'Node server'],
): void {
  describe.each(transports)('%s', (transport) => {
    const closing: (() => void | Promise<void>)[] = []
    const start: StartHost = async (options = {}): Promise<Host> => {
      const made = await createStore()
      const { store, close } = 'store' in made ? made : { store: made, close: () => undefined }
      const host = await startHost(store, transport, options)
      closing.push(() => host.close(), close)
      return host
    }
    afterEach(async () => {
      for (const close of closing.splice(0)) await close()
    })
    for (const [name, rules] of suites) describe(name, () => rules(start))
  })
}
