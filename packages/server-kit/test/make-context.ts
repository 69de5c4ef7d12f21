import { enterpriseUser, groupResource, userResource } from '@scimkit/core'
import type { Note } from '../src/compatibility/reading.js'
import { memoryStore, mount, type ScimHandlerOptions } from '../src/index.js'
import { createRequestContext } from '../src/request/create-request-context.js'
import { fromRequest } from '../src/request/incoming-request.js'
import { createService } from '../src/service/create-service.js'
import type { ResourceContext } from '../src/service/request-context.js'

/** A request as the readers of requests see it, without a server. */
export interface MadeContext {
  readonly context: ResourceContext
  /** What was read beyond the RFC, as `rule path`. */
  readonly notes: string[]
}

/**
 * @param request Path below the service root with its query, resource type, and options that differ from the defaults.
 * @returns The context of a GET for that type.
 */
export function makeContext({
  path = '/Users',
  type = 'User',
  ...options
}: Partial<ScimHandlerOptions> & { readonly path?: string; readonly type?: 'User' | 'Group' } = {}): MadeContext {
  const notes: string[] = []
  const store = memoryStore()
  const service = createService({
    basePath: '/scim/v2',
    resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'test' }),
    onNote: ({ rule, path: at }: Note) => notes.push(`${rule} ${at}`),
    ...options,
  })
  const request = createRequestContext({
    service,
    incoming: fromRequest(new Request(`https://scim.example.com/scim/v2${path}`)),
    principal: { subject: 'test' },
    requestId: 'r1',
    respond: () => Promise.reject(new Error('no bulk request')),
  })
  request.readParameters()
  const served = service.byName.get(type)
  if (!served) throw new Error(`${type} is not served`)
  return { context: request.for(served), notes }
}
