const message = 'urn:ietf:params:scim:api:messages:2.0:'
const core = 'urn:ietf:params:scim:schemas:core:2.0:'

/**
 * The URNs that SCIM registers, by their short names.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-10
 */
export const urns = {
  user: `${core}User`,
  group: `${core}Group`,
  enterpriseUser: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  serviceProviderConfig: `${core}ServiceProviderConfig`,
  resourceType: `${core}ResourceType`,
  schema: `${core}Schema`,
  listResponse: `${message}ListResponse`,
  searchRequest: `${message}SearchRequest`,
  patchOp: `${message}PatchOp`,
  bulkRequest: `${message}BulkRequest`,
  bulkResponse: `${message}BulkResponse`,
  error: `${message}Error`,
} as const
