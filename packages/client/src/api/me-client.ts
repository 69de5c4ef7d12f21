import type { ResourceContext } from '../resource/context.js'
import type { ResourceMethods } from '../resource/methods.js'
import type { RequestOptions } from '../transport/request-options.js'
import { createResourceClient } from './create-resource-client.js'
import type { NarrowedResource, PatchedResource } from './narrowed-resource.js'
import type { PatchOf } from './resource-client.js'
import type { InputOf, OutputOf, ReadPathOf, ResourceTypes, TypedDefinition, TypesOf } from './resource-types.js'

/**
 * The resource of the authenticated subject, `/Me`.
 *
 * A server without it responds with 501, one that has no resource for the subject 404, both as `ScimResponseError`. One
 * that redirects to the resource's own address (308) is followed within the origin.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.11
 */
export interface MeClient<T extends ResourceTypes> {
  /** Reads the subject's resource. */
  get<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    options?: RequestOptions<A, X>,
  ): Promise<NarrowedResource<OutputOf<T>, A, X>>
  /** Replaces it: what is left out is unassigned. */
  replace<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    resource: InputOf<T>,
    options?: RequestOptions<A, X>,
  ): Promise<NarrowedResource<OutputOf<T>, A, X>>
  /** Changes it. `undefined` is the response of a server that sends none (204). */
  patch<A extends ReadPathOf<T> = never, X extends ReadPathOf<T> = never>(
    changes: PatchOf<T>,
    options?: RequestOptions<A, X>,
  ): Promise<PatchedResource<OutputOf<T>, A, X>>
  /** Deletes it. */
  delete(options?: RequestOptions<never, never>): Promise<void>
}

/** The subject's resource has the types of the definition called `users`; without one there is no `me`. */
export type MeOf<R> = R extends { readonly users: infer D extends TypedDefinition }
  ? { readonly me: MeClient<TypesOf<D>> }
  : unknown

/** A `MeClient` before its types are known. */
export interface UntypedMeClient {
  get: (options?: RequestOptions) => ReturnType<ResourceMethods['get']>
  replace: (
    resource: Parameters<ResourceMethods['replace']>[1],
    options?: RequestOptions,
  ) => ReturnType<ResourceMethods['replace']>
  patch: (
    changes: Parameters<ResourceMethods['patch']>[1],
    options?: RequestOptions,
  ) => ReturnType<ResourceMethods['patch']>
  delete: (options?: RequestOptions) => Promise<void>
}

/**
 * Creates the client of `/Me`.
 *
 * @param users What the methods of users share.
 * @returns The client; its types are put on by `createScimClient`.
 */
export function createMeClient(users: ResourceContext): UntypedMeClient {
  const { get, replace, patch, delete: remove } = createResourceClient({ ...users, me: { id: undefined } })
  return {
    get: (options) => get('', options),
    replace: (resource, options) => replace('', resource, options),
    patch: (changes, options) => patch('', changes, options),
    delete: (options) => remove('', options),
  }
}
