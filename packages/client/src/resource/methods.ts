export { checkCallOptions } from '../transport/request-options.js'
/** The methods of a resource client, which are loaded with the first call. */
export { createResource } from './create-resource.js'
export { listResources } from './list-resources.js'
export { readFilter, readPage } from './read-page.js'
export { getResource } from './resource-context.js'
export { deleteResource, patchResource, replaceResource } from './write-resource.js'
