/** An entry of core that generated code imports. */
export type CoreEntry = '@scimkit/core' | '@scimkit/core/schema' | '@scimkit/core/zod' | '@scimkit/core/mini'

/** Where generated code lies, which decides how it imports core. */
export interface EmitContext {
  /** Whether the code is within core, which keeps its definitions by hand. */
  readonly core: boolean
  /**
   * The module to import a piece of core from.
   *
   * @param file Path below core's `src` without ending, such as `schema/attribute-path`.
   * @param entry Public entry that exports the piece, for code outside core.
   * @returns A relative path within core (`../schema/attribute-path.js`), else the entry.
   */
  moduleOf(file: string, entry: CoreEntry): string
}

/**
 * Decides how generated code imports core.
 *
 * @param target `core` for the code of core itself, in `src/generated`.
 * @returns The context that emitters take.
 */
export function createContext(target: 'package' | 'core'): EmitContext {
  const core = target === 'core'
  return { core, moduleOf: (file, entry) => (core ? `../${file}.js` : entry) }
}
