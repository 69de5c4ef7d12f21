/**
 * What the packages of scimkit alone need of core. It may change in any release; other code takes the public entries.
 */
export { valueKey } from './resource/element-key.js'
export { sameElement } from './resource/same-value.js'
export { nearestName } from './text/nearest-name.js'
