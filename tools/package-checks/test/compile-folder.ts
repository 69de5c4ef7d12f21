import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The compilers that the consumer project has. */
export const compilers = [
  { version: '5.5.4', alias: 'typescript-oldest' },
  { version: '5.9.3', alias: 'typescript-current' },
  { version: '7.0.2', alias: 'typescript-newest' },
] as const

/**
 * Type-checks the TypeScript files of a folder of the consumer project, strictly.
 *
 * @param folder Folder directly within the project.
 * @param alias Compiler, by its name in `node_modules`.
 * @param settings Compiler options beside `strict`.
 * @returns What the compiler said: nothing.
 * @throws {Error} With what it said, when it is not content.
 */
export function compileFolder(
  folder: string,
  alias: string,
  settings: Readonly<Record<string, string | boolean>>,
): string {
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    strict: true,
    noEmit: true,
    types: [],
    ...settings,
  }
  const name = `tsconfig.${alias}.json`
  writeFileSync(join(folder, name), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }))
  const tsc = join(dirname(folder), 'node_modules', alias, 'bin', 'tsc')
  try {
    return execFileSync(process.execPath, [tsc, '-p', join(folder, name)], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch (error) {
    throw new Error(String((error as { stdout?: string }).stdout), { cause: error }) // execFileSync attaches the output
  }
}
