/**
 * What the packages of scimkit alone need of core. It may change in any release, so they pin core exactly;
 * other code takes the public entries.
 */

export { compatibilityRules } from './compatibility.js'
export { buildResourceType } from './resource/build-resource-type.js'
export { isObject, type JsonObject } from './json.js'
export { buildListResponse } from './messages/list-response.js'
export { checkMutability } from './resource/check-mutability.js'
export { attributePathOf, requireValidators } from './resource/check-resource.js'
export { commonAttributes } from './schema/common-attributes.js'
export { valueKey } from './schema/element-key.js'
export { isUnassigned } from './schema/is-unassigned.js'
export { createProjection } from './resource/project-resource.js'
export { sameElement, sameValue } from './schema/same-value.js'
export { readUrnDot, schemaUrns, splitAttributePath } from './resource/find-attribute.js'
export { isBase64 } from './schema/is-base64.js'
export { isDateTime } from './schema/is-date-time.js'
export { isUriReference } from './schema/is-uri-reference.js'
export { subAttributeIndex } from './schema/schema-definition.js'
export { nearestName } from './text/nearest-name.js'
