import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the workspace. */
export const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** A page of the documentation. */
export interface Page {
  /** Path from the root, with slashes. */
  readonly path: string
  readonly text: string
}

/** A piece of code that a page marks as tested, by the first line `// test: name`. */
export interface Snippet {
  /** Name of page and snippet, fit for a folder. */
  readonly name: string
  readonly page: string
  readonly code: string
}

const skipped = new Set(['node_modules', 'dist', 'reports', 'coverage', 'fixtures'])

/**
 * Reads every page of the documentation: all Markdown of the workspace except what is installed, built or generated.
 *
 * @returns The pages, sorted by path.
 */
export function readPages(): Page[] {
  return findPages(root)
    .sort()
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
}

function findPages(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : findPages(path)
    return entry.name.endsWith('.md') && entry.name !== 'CHANGELOG.md' ? [path] : []
  })
}

/**
 * Finds the snippets that a page marks as tested.
 *
 * @param page The page.
 * @returns Its snippets in order.
 */
export function findSnippets(page: Page): Snippet[] {
  return [...page.text.matchAll(/^ *```ts\n *\/\/ test: ([\w-]+)\n([\s\S]*?)^ *```$/gm)].map(([, name, code]) => ({
    name: `${page.path.replace(/\.md$/i, '').replace(/\W+/g, '-').toLowerCase()}-${name}`,
    page: page.path,
    code: code ?? '',
  }))
}
