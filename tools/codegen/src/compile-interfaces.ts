import type ts from 'typescript'
import type { JsonSchema } from './emit-json-schema.js'

type Compiler = typeof ts

/** Property types by interface, as the JSON Schema compiler wrote them. */
export interface InterfaceTypes {
  /**
   * @param name Interface.
   * @param property Property of it.
   * @returns The type's text.
   * @throws {Error} When the compiler did not write the property, which no checked schema leads to.
   */
  require(name: string, property: string): string
}

/**
 * Compiles JSON Schema definitions into property types. The compiler's text is read back through TypeScript's parser, so
 * that nothing but a type within an expected property is ever taken from it.
 *
 * @param definitions Object schemas by interface name.
 * @param title Name of the schema, for the compiler's messages.
 * @returns The types.
 */
export async function compileInterfaces(
  definitions: Readonly<Record<string, JsonSchema>>,
  title: string,
): Promise<InterfaceTypes> {
  const [{ compile }, compiler] = await loadCompilers()
  const text = await compile(
    { title: `${title}Definitions`, definitions, additionalProperties: false } as object,
    title,
    {
      additionalProperties: false,
      bannerComment: '',
      format: false,
      unreachableDefinitions: true,
    },
  )
  const types = readInterfaces(text, compiler)
  return {
    require(name, property) {
      const type = types.get(name)?.get(property)
      if (type === undefined) throw new Error(`The type of ${property} in ${name} was not compiled`)
      return type
    },
  }
}

/** Both take a second to load, which whoever only reads the help does not wait for. */
async function loadCompilers(): Promise<readonly [typeof import('json-schema-to-typescript'), Compiler]> {
  const [compiler, typescript] = await Promise.all([import('json-schema-to-typescript'), import('typescript')])
  return [compiler, typescript.default]
}

function readInterfaces(text: string, ts: Compiler): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const source = ts.createSourceFile('types.ts', text, ts.ScriptTarget.ES2022)
  const interfaces = new Map<string, Map<string, string>>()
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement)) continue
    const properties = new Map<string, string>()
    for (const member of statement.members) {
      if (!ts.isPropertySignature(member) || !member.type) continue
      const name = ts.isComputedPropertyName(member.name) ? undefined : member.name.text
      if (name !== undefined) properties.set(name, member.type.getText(source))
    }
    interfaces.set(statement.name.text, properties)
  }
  return interfaces
}
