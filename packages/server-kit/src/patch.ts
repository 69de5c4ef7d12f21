/**
 * The PATCH engine on its own: use this entry for a server that is not built with `createScimHandler`.
 */

export type { Note, OnNote } from './compatibility/reading.js'
export { type CompatibilityRules, resolveCompatibility } from './compatibility/resolve-compatibility.js'
export { type ApplyPatchOptions, applyPatch } from './patch/apply-patch.js'
export { parsePatchOp } from './patch/parse-patch-op.js'
