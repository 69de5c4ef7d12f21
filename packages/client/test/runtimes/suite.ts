/** Test files that need nothing but `fetch`. */
const files = [
  () => import('../../src/api/read-base-url.test.js'),
  () => import('../../src/bulk/ledger.test.js'),
  () => import('../../src/bulk/match-response.test.js'),
  () => import('../../src/bulk/references.test.js'),
  () => import('../../src/bulk/take-chunk.test.js'),
  () => import('../../src/discovery/compare-attributes.test.js'),
  () => import('../../src/discovery/find-discovery-faults.test.js'),
  () => import('../../src/oauth/read-token.test.js'),
  () => import('../../src/patch/patch-builder.test.js'),
  () => import('../../src/patch/patch-from.test.js'),
  () => import('../../src/profiles/check-filter.test.js'),
  () => import('../../src/profiles/pacer.test.js'),
  () => import('../../src/profiles/patch-in-parts.test.js'),
  () => import('../../src/profiles/quota-window.test.js'),
  () => import('../../src/profiles/quotas.test.js'),
  () => import('../../src/profiles/split-members.test.js'),
  () => import('../../src/resource/build-query.test.js'),
  () => import('../../src/resource/covers-value.test.js'),
  () => import('../../src/resource/known-versions.test.js'),
  () => import('../../src/resource/paging-watch.test.js'),
  () => import('../../src/resource/read-resource.test.js'),
  () => import('../../src/resource/read-values.test.js'),
  () => import('../../src/resource/resource-path.test.js'),
  () => import('../../src/resource/shows-patch.test.js'),
  () => import('../../src/transport/authenticate.test.js'),
  () => import('../../src/transport/collect-bytes.test.js'),
  () => import('../../src/transport/decide.test.js'),
  () => import('../../src/transport/error-body.test.js'),
  () => import('../../src/transport/follow-redirects.test.js'),
  () => import('../../src/transport/outcome.test.js'),
  () => import('../../src/transport/retry-delay.test.js'),
  () => import('../../src/transport/sent-request.test.js'),
  () => import('../bulk.test.js'),
  () => import('../create-under-faults.test.js'),
  () => import('../discover.test.js'),
  () => import('../me.test.js'),
  () => import('../otel.test.js'),
  () => import('../outcomes.test.js'),
  () => import('../paging.test.js'),
  () => import('../profiles.test.js'),
  () => import('../provisioning.test.js'),
  () => import('../rate-limits.test.js'),
  () => import('../raw-request.test.js'),
  () => import('../requests.test.js'),
  () => import('../vendor-responses.test.js'),
]

let onSockets = false

/** Imports them, by which they register themselves; a Worker makes no Response before it is called. */
export async function registerTests({ sockets }: { readonly sockets: boolean }): Promise<void> {
  onSockets = sockets
  for (const load of files) await load()
}

/** Leaves out what needs a server where there are no sockets, and a User-Agent where the platform sends its own. */
export function isLeftOut(name: string): boolean {
  return (!onSockets && name.startsWith('a provider over HTTP')) || (!namesItself() && name.includes('User-Agent'))
}

function namesItself(): boolean {
  return new Request('https://scim.test', { headers: { 'user-agent': 'acme' } }).headers.has('user-agent')
}
