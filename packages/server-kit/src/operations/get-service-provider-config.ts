import { type ServiceProviderConfig, urns } from '@scimkit/core/schema'
import { checkDiscovery } from '../request/check-discovery.js'
import type { RequestContext, ScimResponse } from '../request-context.js'
import { respondWithJson } from '../response/scim-response.js'
import type { Service } from '../service/service.js'

/**
 * `GET /ServiceProviderConfig`
 *
 * @param context Request.
 * @returns 200 with what this service provider can do.
 * @throws {ScimError} 403 with a filter.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-5
 */
export async function getServiceProviderConfig(context: RequestContext): Promise<ScimResponse> {
  checkDiscovery(context)
  return respondWithJson(200, buildConfig(context.service, context.baseUrl))
}

/**
 * Builds the document of what a service provider can do, from what it really has switched on.
 *
 * @param service Service provider.
 * @param baseUrl URL of the service root, without a slash at the end.
 * @returns The document with `meta`.
 */
export function buildConfig(service: Service, baseUrl: string): ServiceProviderConfig {
  const { limits, options } = service
  return {
    schemas: [urns.serviceProviderConfig],
    ...(options.documentationUri === undefined ? {} : { documentationUri: options.documentationUri }),
    patch: { supported: true },
    bulk: { supported: true, maxOperations: limits.maxBulkOperations, maxPayloadSize: limits.maxBulkBytes },
    filter: { supported: true, maxResults: limits.maxPageSize },
    changePassword: { supported: options.hooks?.setPassword !== undefined },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [...service.authenticationSchemes],
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: limits.defaultPageSize,
      maxPageSize: limits.maxPageSize,
      cursorTimeout: limits.cursorTimeout,
    },
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  }
}
