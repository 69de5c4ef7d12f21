import { enterpriseUserParts } from '../resource/enterprise-user.js'
import { groupParts } from '../resource/group.js'
import type { ResourceParts } from '../resource/resource-definition.js'
import { userParts } from '../resource/user.js'
import type { OpenApiResourceType } from './add-resource.js'
import type { OpenApiDocument, OpenApiOptions } from './build-openapi.js'

/**
 * Loads the OpenAPI document of a service with Users, enterprise extension included, and Groups.
 *
 * @param options Title, version and URLs, where the defaults do not serve.
 * @returns The document; nothing of it is loaded before the call.
 */
export async function loadOpenApi(
  options: Omit<OpenApiOptions, 'schemas' | 'resourceTypes'> = {},
): Promise<OpenApiDocument> {
  const [{ buildOpenApi }, user, group, enterpriseUser] = await Promise.all([
    import('./build-openapi.js'),
    import('../generated/user.descriptions.gen.js'),
    import('../generated/group.descriptions.gen.js'),
    import('../generated/enterprise-user.descriptions.gen.js'),
  ])
  return buildOpenApi({
    ...options,
    schemas: [
      { definition: userParts.schema, descriptions: user.userDescriptions },
      { definition: groupParts.schema, descriptions: group.groupDescriptions },
      { definition: enterpriseUserParts.schema, descriptions: enterpriseUser.enterpriseUserDescriptions },
    ],
    resourceTypes: [toResourceType(groupParts), toResourceType(userParts, enterpriseUserParts.schema.id)],
  })
}

function toResourceType(
  { name, endpoint, description, schema }: ResourceParts,
  extension?: string,
): OpenApiResourceType {
  const schemaExtensions = extension === undefined ? [] : [{ schema: extension, required: false }]
  return { name, endpoint, description, schema: schema.id, schemaExtensions }
}
