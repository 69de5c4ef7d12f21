import { complexName, type RunNames, toTypeName } from './identifier-names.js'
import type { AttributeModel, SchemaModel, SchemaNames } from './schema-model.js'

/** A schema, one of its complex attributes, or a resource type that is called otherwise. */
export interface Rename {
  /** The schema; absent for a resource type. */
  readonly schema?: SchemaModel | undefined
  /** Path of the attribute, or the name of the schema or resource type. */
  readonly of: string
  readonly kind: 'schema' | 'attribute' | 'resource type'
  /** What it is called. */
  readonly type: string
}

/**
 * Finds what has another name than its own makes, since that name was taken or does not serve.
 *
 * @param names Names of a run.
 * @param given Type names that were asked for, by schema URN.
 * @returns The renames, those of schemas and their attributes first.
 */
export function findRenamed(
  { schemas, resourceTypes }: RunNames,
  given: Readonly<Record<string, string>>,
): readonly Rename[] {
  const isOther = (name: string, type: string) => type !== toTypeName(name) || /^\d/.test(name)
  const ofSchemas = [...schemas].flatMap(([schema, { type, complex }]): readonly Rename[] => {
    const { id, name, attributes } = schema
    const own = !Object.hasOwn(given, id) && isOther(name, type)
    const inside = findRenamedInside(attributes, { prefix: type, path: '', complex })
    return [
      ...(own ? [{ schema, kind: 'schema', of: name, type } as const] : []),
      ...inside.map((rename) => ({ schema, ...rename })),
    ]
  })
  const ofTypes = [...resourceTypes].flatMap(([name, { types }]): readonly Rename[] => {
    const type = types[0].slice(0, -'Resource'.length)
    return isOther(name, type) ? [{ kind: 'resource type', of: name, type: types[0] }] : []
  })
  return [...ofSchemas, ...ofTypes]
}

interface InsideOf {
  /** Name of the type that the attributes are in. */
  readonly prefix: string
  readonly path: string
  readonly complex: SchemaNames['complex']
}

function findRenamedInside(
  attributes: readonly AttributeModel[],
  { prefix, path, complex }: InsideOf,
): readonly Rename[] {
  return attributes.flatMap((attribute) => {
    const type = complex.get(attribute)?.output
    if (type === undefined) return []
    const of = path + attribute.name
    const inside = findRenamedInside(attribute.subAttributes ?? [], { prefix: type, path: `${of}.`, complex })
    // A nested extension is named by its URN, of which no type could have the name.
    const isOwn = attribute.name.includes(':') || type === complexName(attribute, prefix)
    return isOwn ? inside : [{ kind: 'attribute', of, type }, ...inside]
  })
}
