import { importLine } from '../emit/import-text.js'
import type { EmittedFile } from './codegen-plugin.js'

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
    .map(([module, names]) => importLine(names.toSorted(compareNames), module).replace(/^import/, 'export'))
    .join('')
}

/** The order of formatters: by letters, a capital one before its small one. */
function compareNames(left: string, right: string): number {
  const [one, other] = [left, right].map((name) => name.replace('type ', '')) as [string, string] // one for each
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const [a, b] = [one.charAt(index), other.charAt(index)]
    if (a === b) continue
    const [small, otherSmall] = [a.toLowerCase(), b.toLowerCase()]
    return (small === otherSmall ? a < b : small < otherSmall) ? -1 : 1
  }
  return one.length - other.length
}
