/**
 * For the packages of scimkit alone, which pin core exactly: it may change in any release, so other code takes the
 * public entries.
 */

// JSON and text.

export { isObject, type JsonObject } from './json.js'
export { nearestName } from './text/nearest-name.js'

// Attributes and their values.

export { readUrnDot, splitAttributePath } from './schema/attribute-path.js'
export { commonAttributes } from './schema/common-attributes.js'
export { isUnassigned } from './schema/is-unassigned.js'
export { sameElement, sameValue, valueKey } from './schema/same-value.js'
export { subAttributeIndex } from './schema/schema-definition.js'
export { isBase64, isDateTime, isUriReference } from './schema/value-formats.js'

// Resources, and the documents about them.

export { buildListResponse } from './messages/messages.js'
export { buildResourceType } from './resource/build-resource-type.js'
export { checkMutability } from './resource/check-mutability.js'
export { attributePathOf, requireValidators } from './resource/check-resource.js'
export { schemaUrns } from './resource/find-attribute.js'
export { createProjection } from './resource/project-resource.js'

// Rules of compatibility.

export { compatibilityRules } from './compatibility.js'
