import type { ResourceContext } from '../resource/context.js'
import type { ResourceMethods } from '../resource/methods.js'
import { loadOnce } from '../transport/once.js'

/**
 * Creates the client of one resource type.
 *
 * @param context What its methods share.
 * @returns The client; the types of its definition are put on by `createScimClient`.
 */
export function createResourceClient(context: ResourceContext): ResourceMethods {
  const methods = loadOnce(async () => (await import('../resource/methods.js')).createMethods(context))
  return {
    create: async (resource, options) => (await methods()).create(resource, options),
    get: async (id, options) => (await methods()).get(id, options),
    replace: async (id, resource, options) => (await methods()).replace(id, resource, options),
    patch: async (id, changes, options) => (await methods()).patch(id, changes, options),
    delete: async (id, options) => (await methods()).delete(id, options),
    async *list(options) {
      yield* (await methods()).list(options)
    },
    async *search(options) {
      yield* (await methods()).search(options)
    },
    page: async (options) => (await methods()).page(options),
  }
}
