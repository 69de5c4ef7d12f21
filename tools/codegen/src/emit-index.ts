import { importLine } from './import-text.js'
import type { EmittedFile } from './plugins/codegen-plugin.js'

/**
 * Emits the index of a run: every name that its files export to users, types beside values.
 *
 * @param files Files in the order of their plug-ins; the last one that has a name gives it.
 * @returns The module's text without the header line; empty when there is nothing to pass on.
 */
export function emitIndex(files: readonly EmittedFile[]): string {
  const givers = new Map<string, string>()
  for (const { path, exports } of files) {
    for (const name of [...(exports?.types ?? []).map((type) => `type ${type}`), ...(exports?.values ?? [])]) {
      givers.set(name, path)
    }
  }
  const modules = new Map<string, string[]>()
  for (const [name, path] of givers) modules.set(path, [...(modules.get(path) ?? []), name])
  return [...modules]
    .map(([path, names]) => [`./${path.replace(/\.ts$/, '.js')}`, names] as const)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([module, names]) => importLine(names.toSorted(typesFirst), module).replace(/^import/, 'export'))
    .join('')
}

function typesFirst(left: string, right: string): number {
  const order = Number(right.startsWith('type ')) - Number(left.startsWith('type '))
  return order || (left < right ? -1 : 1)
}
