import { existsSync, readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'

/** What a public entry exports. */
export interface EntryExports {
  /** Import path, such as `@scimkit/core/schema`. */
  readonly entry: string
  /** Names in order, each after its kind: `type ScimErrorOptions`, `value ScimError`. */
  readonly names: readonly string[]
}

interface PackageJson {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, string | { readonly '@scimkit/source'?: string }>>
}

/**
 * Reads what every public entry of every published package exports, from its source. Entries list their names; those
 * that hold their code declare them.
 *
 * @param root Folder of the workspace, as a URL that ends in a slash.
 * @returns The entries, sorted by import path.
 * @throws {TypeError} When an entry hides names behind `export *` or has a default export.
 */
export function readExports(root: URL): readonly EntryExports[] {
  const folders = ['packages/', 'tools/'].flatMap((group) =>
    readdirSync(new URL(group, root)).map((name) => new URL(`${group}${name}/`, root)),
  )
  return folders.flatMap(readPackage).sort((left, right) => (left.entry < right.entry ? -1 : 1))
}

function readPackage(folder: URL): readonly EntryExports[] {
  const file = new URL('package.json', folder)
  if (!existsSync(file)) return []
  const { name, private: isPrivate, exports = {} } = JSON.parse(readFileSync(file, 'utf8')) as PackageJson // npm's own form
  if (isPrivate) return []
  return Object.entries(exports).flatMap(([path, target]) => {
    const source = typeof target === 'object' ? target['@scimkit/source'] : undefined
    if (source === undefined) return []
    const entry = `${name}${path.slice(1)}`
    return [{ entry, names: listNames(entry, readFileSync(new URL(source, folder), 'utf8')) }]
  })
}

function listNames(entry: string, source: string): readonly string[] {
  const { statements } = ts.createSourceFile(entry, source, ts.ScriptTarget.Latest)
  return [...new Set(statements.flatMap((statement) => namesOf(entry, statement)))].sort()
}

function namesOf(entry: string, statement: ts.Statement): readonly string[] {
  if (ts.isExportAssignment(statement)) throw new TypeError(`${entry} has a default export`)
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, isTypeOnly } = statement
    if (!exportClause || !ts.isNamedExports(exportClause)) throw new TypeError(`${entry} must list its names`)
    return exportClause.elements.map(
      ({ name, isTypeOnly: one }) => `${isTypeOnly || one ? 'type' : 'value'} ${name.text}`,
    )
  }
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword))
    throw new TypeError(`${entry} has a default export`)
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => `value ${ts.isIdentifier(name) ? name.text : ''}`)
  }
  const kind = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ? 'type' : 'value'
  const { name } = statement as ts.Statement & { readonly name?: ts.Identifier } // every other statement that can be exported has one
  return name ? [`${kind} ${name.text}`] : []
}
