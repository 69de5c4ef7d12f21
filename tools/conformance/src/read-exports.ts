import { existsSync, readdirSync, readFileSync } from 'node:fs'

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

const lists = /^export (type )?\{([^}]*)\}/gm
const declarations = /^export (?:declare |abstract |async )*(const|function\*?|class|interface|type) (\w+)/gm

function listNames(entry: string, source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  if (/^export (\*|default)/m.test(code)) throw new TypeError(`${entry} must list its names`)
  const names = new Set<string>()
  for (const [, isType, list = ''] of code.matchAll(lists)) {
    for (const item of list.split(',').map((text) => text.trim())) {
      if (item === '') continue
      const name = item
        .replace(/^type /, '')
        .split(' as ')
        .at(-1)
      names.add(`${isType || item.startsWith('type ') ? 'type' : 'value'} ${name}`)
    }
  }
  for (const [, keyword = '', name] of code.matchAll(declarations)) {
    names.add(`${keyword === 'interface' || keyword === 'type' ? 'type' : 'value'} ${name}`)
  }
  return [...names].sort()
}
