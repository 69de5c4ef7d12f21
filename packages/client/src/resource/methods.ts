import type { JsonObject } from '@scimkit/core/internal'
import { checkRequestOptions, type RequestOptions } from '../transport/request-options.js'
import type { QueryParts } from './build-query.js'
import type { ResourceContext } from './context.js'
import { createResource } from './create-resource.js'
import { deleteResource } from './delete-resource.js'
import { getResource } from './get-resource.js'
import { listResources } from './list-resources.js'
import { type Changes, patchResource } from './patch-resource.js'
import { type ListingMethod, type ListingOptions, type Page, readFilter, readPage } from './read-page.js'
import type { ReceivedResource } from './read-resource.js'
import { replaceResource } from './replace-resource.js'

/** A `ResourceClient` before its types are known. */
export interface ResourceMethods {
  create(resource: JsonObject, options?: RequestOptions): Promise<ReceivedResource>
  get(id: string, options?: RequestOptions): Promise<ReceivedResource>
  replace(id: string, resource: JsonObject, options?: RequestOptions): Promise<ReceivedResource>
  patch(id: string, changes: Changes, options?: RequestOptions): Promise<ReceivedResource | undefined>
  delete(id: string, options?: RequestOptions): Promise<void>
  list(options?: ListingOptions): AsyncIterable<ReceivedResource>
  search(options?: ListingOptions): AsyncIterable<ReceivedResource>
  page(options?: PageQuery): Promise<Page<ReceivedResource>>
}

type PageQuery = ListingOptions & Pick<QueryParts, 'startIndex' | 'cursor'>

/**
 * Creates the methods of one resource type. They are loaded with the first call, since the first screen of an app needs
 * none of them; each checks its options before anything else.
 *
 * @param context Context of the resource type.
 * @returns The methods.
 */
export function createMethods(context: ResourceContext): ResourceMethods {
  const list = (method: ListingMethod, options: ListingOptions) => {
    checkRequestOptions(method === 'GET' ? 'list' : 'search', options)
    return listResources(context, options, method)
  }
  return {
    async create(resource, options = {}) {
      checkRequestOptions('create', options)
      return createResource(context, resource, options)
    },
    async get(id, options = {}) {
      checkRequestOptions('get', options)
      return getResource(context, id, options)
    },
    async replace(id, resource, options = {}) {
      checkRequestOptions('replace', options)
      return replaceResource(context, id, resource, options)
    },
    async patch(id, changes, options = {}) {
      checkRequestOptions('patch', options)
      return patchResource(context, id, changes, options)
    },
    async delete(id, options = {}) {
      checkRequestOptions('delete', options)
      return deleteResource(context, id, options)
    },
    list: (options = {}) => list('GET', options),
    search: (options = {}) => list('POST', options),
    async page(options = {}) {
      checkRequestOptions('page', options)
      return readPage(context, { ...options, filter: await readFilter(context, options.filter) }, 'GET')
    },
  }
}
