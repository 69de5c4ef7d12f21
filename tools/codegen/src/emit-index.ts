import { listInterfaces } from './emit-json-schema.js'
import type { ResourceModel } from './emit-resource.js'
import { importLine } from './import-text.js'
import type { SchemaModel, SchemaNames } from './schema-model.js'

/** What a module exports: types and values. */
interface ModuleExports {
  readonly module: string
  readonly types?: readonly string[]
  readonly values?: readonly string[]
}

/**
 * Emits the index of a run: every name, types beside values.
 *
 * @param schemas Schemas with their identifiers.
 * @param resources Resource types.
 * @returns The module's text without the header line.
 */
export function emitIndex(
  schemas: ReadonlyMap<SchemaModel, SchemaNames>,
  resources: readonly { readonly resource: ResourceModel }[],
): string {
  const modules = [
    ...[...schemas].flatMap(([schema, names]) => modulesOf(schema, names)),
    ...resources.map(({ resource: { file, value } }) => ({ module: `./${file}.resource.gen.js`, values: [value] })),
  ]
  return modules
    .toSorted((left, right) => (left.module < right.module ? -1 : 1))
    .map(emitExports)
    .join('')
}

function modulesOf(schema: SchemaModel, names: SchemaNames): readonly ModuleExports[] {
  const { file, type, value } = names
  const start = `./${file}`
  const interfaces = listInterfaces(schema, names)
    .map(({ name }) => name)
    .sort()
  return [
    {
      module: `${start}.types.gen.js`,
      types: schema.kind === 'discovery' ? interfaces : [...interfaces, `${type}Paths`].sort(),
    },
    schema.kind === 'extension'
      ? { module: `${start}.schema.gen.js`, types: [`${type}Urn`], values: [`${value}Schema`] }
      : { module: `${start}.schema.gen.js`, values: [`${value}Schema`] },
    ...(schema.kind === 'extension' ? [{ module: `${start}.extension.gen.js`, values: [value] }] : []),
    ...(schema.kind === 'discovery' ? [] : [{ module: `${start}.zod.gen.js`, values: [`${value}Schemas`] }]),
  ]
}

function emitExports({ module, types = [], values = [] }: ModuleExports): string {
  const names = [...types.map((name) => `type ${name}`), ...values]
  return importLine(names, module).replace(/^import/, 'export')
}
