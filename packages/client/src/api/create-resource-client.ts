import type { QueryParts } from '../resource/build-query.js'
import type { ListingMethod, ListingOptions } from '../resource/read-page.js'
import type { ReceivedResource } from '../resource/read-resource.js'
import type { ResourceContext } from '../resource/resource-context.js'
import type { Changes } from '../resource/write-resource.js'
import { loadOnce } from '../transport/once.js'
import type { Page, RequestOptions } from './resource-client.js'

type Input = Readonly<Record<string, unknown>>
type PageQuery = ListingOptions & Pick<QueryParts, 'startIndex' | 'cursor'>

/** What the first screen of an app needs stays small: all that sends comes with the first call. */
const operations = /* @__PURE__ */ loadOnce(() => import('../resource/methods.js'))

/** A `ResourceClient` before its types are known. */
export interface UntypedResourceClient {
  create(resource: Input, options?: RequestOptions): Promise<ReceivedResource>
  get(id: string, options?: RequestOptions): Promise<ReceivedResource>
  replace(id: string, resource: Input, options?: RequestOptions): Promise<ReceivedResource>
  patch(id: string, changes: Changes, options?: RequestOptions): Promise<ReceivedResource | undefined>
  delete(id: string, options?: RequestOptions): Promise<void>
  list(options?: ListingOptions): AsyncIterable<ReceivedResource>
  search(options?: ListingOptions): AsyncIterable<ReceivedResource>
  page(options?: PageQuery): Promise<Page<ReceivedResource>>
}

/**
 * Makes the client of one resource type.
 *
 * @param context What its methods share.
 * @returns The client; the types of its definition are put on by `createScimClient`.
 */
export function createResourceClient(context: ResourceContext): UntypedResourceClient {
  async function* list(options: ListingOptions, method: ListingMethod): AsyncGenerator<ReceivedResource> {
    yield* (await load(method === 'GET' ? 'list' : 'search', options)).listResources(context, options, method)
  }
  return {
    create: async (resource, options = {}) =>
      (await load('create', options)).createResource(context, resource, options),
    get: async (id, options = {}) => (await load('get', options)).getResource(context, id, options),
    replace: async (id, resource, options = {}) =>
      (await load('replace', options)).replaceResource(context, id, resource, options),
    patch: async (id, changes, options = {}) =>
      (await load('patch', options)).patchResource(context, id, changes, options),
    delete: async (id, options = {}) => (await load('delete', options)).deleteResource(context, id, options),
    list: (options = {}) => list(options, 'GET'),
    search: (options = {}) => list(options, 'POST'),
    async page(options = {}) {
      const { readFilter, readPage } = await load('page', options)
      return readPage(context, { ...options, filter: await readFilter(context, options.filter) }, 'GET')
    },
  }
}

/** Looks at the options of a call, too, which is the first that happens to them. */
async function load(method: string, options: object): ReturnType<typeof operations> {
  const loaded = await operations()
  loaded.checkCallOptions(method, options)
  return loaded
}
