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
 * Hundreds of attributes have but a few types. Each type is compiled once, as a property of the root, and the
 * definitions go along by their names alone, for what refers to them.
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
  const root = `${title}Definitions`
  const distinct = listProperties(definitions)
  const properties = Object.fromEntries([...distinct.values()].map(({ key, schema }) => [key, schema]))
  const bare = Object.fromEntries(Object.keys(definitions).map((name) => [name, { ...empty }]))
  const text = await compile(
    { ...empty, title: root, definitions: bare, properties } as object, // JsonSchema is a part of what the compiler takes
    title,
    {
      additionalProperties: false,
      bannerComment: '',
      format: false,
      unreachableDefinitions: true,
    },
  )
  const interfaces = readInterfaces(text, compiler)
  const types = interfaces.get(root)
  return {
    require(name, property) {
      const schema = interfaces.has(name) ? definitions[name]?.properties?.[property] : undefined
      const type = schema && types?.get(distinct.get(JSON.stringify(schema))?.key ?? '')
      if (type === undefined) throw new Error(`The type of ${property} in ${name} was not compiled`)
      return type
    },
  }
}

const empty: JsonSchema = { type: 'object', additionalProperties: false }

/** The properties of all definitions, equal ones once, each with a name of its own. */
function listProperties(
  definitions: Readonly<Record<string, JsonSchema>>,
): ReadonlyMap<string, { readonly key: string; readonly schema: JsonSchema }> {
  const distinct = new Map<string, { readonly key: string; readonly schema: JsonSchema }>()
  for (const { properties = {} } of Object.values(definitions)) {
    for (const schema of Object.values(properties)) {
      const text = JSON.stringify(schema)
      if (!distinct.has(text)) distinct.set(text, { key: `property${distinct.size}`, schema })
    }
  }
  return distinct
}

/** Both take a second to load, too long for someone who only reads the help. */
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
