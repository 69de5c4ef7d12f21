import type { PatchOperation } from '@scimkit/core/schema'
import type { Filter } from '@scimkit/filter-parser'
import type { Patch, PatchBuilder } from '../patch/patch-builder.js'
import type { Page } from '../resource/read-page.js'
import type { RequestOptions } from '../transport/request-options.js'
import type { NarrowedResource, PatchedResource } from './narrowed-resource.js'
import type { FilterBuilderOf, InputOf, OutputOf, ReadPathOf, ResourceTypes, WritePathsOf } from './resource-types.js'

/** A filter: text, built, or a function that builds one with the definition's paths. */
export type FilterOf<T extends ResourceTypes> = string | Filter | ((f: FilterBuilderOf<T>) => Filter)

/** Which resources a listing returns, and in what order. */
export interface ListOptions<T extends ResourceTypes, A extends string = string, X extends string = string>
  extends RequestOptions<A, X> {
  readonly filter?: FilterOf<T> | undefined
  readonly sortBy?: ReadPathOf<T> | undefined
  readonly sortOrder?: 'ascending' | 'descending' | undefined
  /** Largest number of resources in a page; 100 unless given, or what the server prefers. */
  readonly count?: number | undefined
}

/** Which page of a listing is requested. */
export interface PageOptions<T extends ResourceTypes, A extends string = string, X extends string = string>
  extends ListOptions<T, A, X> {
  /** 1-based index of the first resource. */
  readonly startIndex?: number | undefined
  /** Cursor that an earlier page gave; empty for the first page. */
  readonly cursor?: string | undefined
}

/** What a PATCH request changes: a function that builds it, a built one, or its operations. */
export type PatchOf<T extends ResourceTypes> =
  | ((p: PatchBuilder<WritePathsOf<T>>) => Patch)
  | Patch
  | readonly PatchOperation[]

/**
 * The resources of one type.
 *
 * Every method is rejected with `ScimResponseError` where the server refuses, with `ScimTransportError` where no usable
 * response came, with `TypeError` for an id, a path or an option that cannot be sent, and with the signal's reason.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3
 */
export interface ResourceClient<T extends ResourceTypes> {
  /** Creates a resource. A response that got lost is looked up; the resource is never created twice. */
  create<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    resource: InputOf<T>,
    options?: RequestOptions<A, X>,
  ): Promise<NarrowedResource<OutputOf<T>, A, X>>
  /** Reads a resource. */
  get<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    id: string,
    options?: RequestOptions<A, X>,
  ): Promise<NarrowedResource<OutputOf<T>, A, X>>
  /** Replaces a resource: what is left out is unassigned. */
  replace<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    id: string,
    resource: InputOf<T>,
    options?: RequestOptions<A, X>,
  ): Promise<NarrowedResource<OutputOf<T>, A, X>>
  /** Changes a resource. `undefined` is the response of a server that sends none (204). */
  patch<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    id: string,
    changes: PatchOf<T>,
    options?: RequestOptions<A, X>,
  ): Promise<PatchedResource<OutputOf<T>, A, X>>
  /**
   * Deletes a resource. A 404 is success when an earlier attempt of the same call may have deleted it; the call for a
   * resource that was gone before is rejected with the 404, which says that another client was first.
   */
  delete(id: string, options?: RequestOptions<never, never>): Promise<void>
  /**
   * Lists resources, page after page; no id comes twice. At its end it throws `ScimPagingError` when the pages showed
   * that something may be missing.
   */
  list<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    options?: ListOptions<T, A, X>,
  ): AsyncIterable<NarrowedResource<OutputOf<T>, A, X>>
  /** As `list`, by POST: the filter is in no URL and so in no log. */
  search<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    options?: ListOptions<T, A, X>,
  ): AsyncIterable<NarrowedResource<OutputOf<T>, A, X>>
  /** Reads one page of a listing. */
  page<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    options?: PageOptions<T, A, X>,
  ): Promise<Page<NarrowedResource<OutputOf<T>, A, X>>>
}
