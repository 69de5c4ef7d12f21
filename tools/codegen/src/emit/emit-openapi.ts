import type { OpenApiDocument } from '@scimkit/core/documents'
import type ts from 'typescript'

/**
 * Emits an OpenAPI document as JSON.
 *
 * @param document Document as `buildOpenApi` returns it.
 * @returns The text of the file, ending in a line break.
 */
export function emitOpenApiJson(document: OpenApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/**
 * Emits the TypeScript types of an OpenAPI document: `paths`, `operations` and `components`, for clients such as
 * openapi-fetch.
 *
 * @param document Document as `buildOpenApi` returns it; a document that breaks the rules of OpenAPI is refused.
 * @returns The module's text without the header line, ending in a line break.
 * @throws {Error} When the document is faulty.
 */
export async function emitOpenApiTypes(document: OpenApiDocument): Promise<string> {
  const [{ astToString, default: loaded }, { default: compiler }] = await Promise.all([
    import('openapi-typescript'),
    import('typescript'),
  ])
  // Where its CommonJS build is required, the function lies one level deeper.
  const openapiTypescript = (loaded as { readonly default?: typeof loaded }).default ?? loaded
  const nodes = await openapiTypescript(JSON.stringify(document), {
    // A property with a default would become required.
    defaultNonNullable: false,
    transform: (schema) => openUnion(schema as OpenSchema, compiler), // our own keyword is among its members
    silent: true,
  })
  return astToString(nodes).replace(/^(?: {4})+/gm, (indent) => indent.slice(indent.length / 2))
}

/** What {@link openUnion} looks at in a schema. */
interface OpenSchema {
  readonly type?: string | readonly string[]
  readonly 'x-open-enum'?: readonly string[]
}

/** Canonical values as a type that still accepts every other string, as the generated interfaces have it. */
function openUnion(
  { type, 'x-open-enum': values }: OpenSchema,
  { factory, SyntaxKind }: typeof ts,
): ts.TypeNode | undefined {
  if (!values) return undefined
  const literals = values.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value)))
  const anyText = factory.createIntersectionTypeNode([
    factory.createKeywordTypeNode(SyntaxKind.StringKeyword),
    factory.createTypeLiteralNode([]),
  ])
  const absent = type?.includes('null') ? [factory.createLiteralTypeNode(factory.createNull())] : []
  return factory.createUnionTypeNode([...literals, factory.createParenthesizedType(anyText), ...absent])
}
