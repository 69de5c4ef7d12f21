import type { EmitContext, SchemaModel, SchemaNames } from './schema-model.js'

/**
 * Emits the zod validators of a schema: a whole module without the header line, ending in a line break. It exports
 * `${names.value}Schemas` (create, replace, resource) and `${names.value}Validation`, the part that definitions compose.
 *
 * @param schema Checked schema.
 * @param names Its identifiers; the interfaces lie in `./${names.file}.types.gen.js`.
 * @param context Where the code will lie.
 * @returns The module's text; empty while there is no emitter, and no file is written then.
 */
export function emitZod(_schema: SchemaModel, _names: SchemaNames, _context: EmitContext): string {
  return ''
}
