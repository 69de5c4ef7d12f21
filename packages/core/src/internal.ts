/**
 * What the packages of scimkit alone need of core. It may change in any release, so they pin core exactly;
 * other code takes the public entries.
 */

export { compatibilityRules } from './compatibility.js'
export { isObject, type JsonObject } from './json.js'
export { buildListResponse } from './messages/messages.js'
export { buildResourceType } from './resource/build-resource-type.js'
export { checkMutability } from './resource/check-mutability.js'
export { attributePathOf, requireValidators } from './resource/check-resource.js'
export { schemaUrns } from './resource/find-attribute.js'
export { createProjection } from './resource/project-resource.js'
export { readUrnDot, splitAttributePath } from './schema/attribute-path.js'
export { commonAttributes } from './schema/common-attributes.js'
export { isUnassigned } from './schema/is-unassigned.js'
export { sameElement, sameValue, valueKey } from './schema/same-value.js'
export { subAttributeIndex } from './schema/schema-definition.js'
export { isBase64, isDateTime, isUriReference } from './schema/value-formats.js'
export { nearestName } from './text/nearest-name.js'
