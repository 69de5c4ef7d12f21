import type { ResourceDefinition } from '@scimkit/core/schema'
import { createPatchBuilder, type PatchBuilder, type PatchPathsOf } from './patch-builder.js'

// A file of its own: were it in patch-builder.ts, which is loaded on use, bundlers would load the builder with the client.

/**
 * Begins a patch.
 *
 * @param definition Definition that types and checks the paths; without it any path that can be parsed is taken.
 * @returns A builder without changes. Its methods throw `FilterSyntaxError` for text that is not a path, and `TypeError`
 * for a path that the definition does not have or does not let be written.
 * @example
 * patch(userResource).replace('name.familyName', 'King').remove('emails[type eq "home"]')
 */
export function patch<D extends object | undefined = undefined>(definition?: D): PatchBuilder<PatchPathsOf<D>> {
  const known = definition as ResourceDefinition | undefined // D is left open, so that its types are inferred cheaply
  return createPatchBuilder(known) as unknown as PatchBuilder<PatchPathsOf<D>> // one implementation for all paths
}
