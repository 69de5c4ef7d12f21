/** Form of the generated code: TypeScript, or JavaScript modules of either kind with declarations beside them. */
export type CodeFormat = 'ts' | 'esm' | 'cjs'

/** The forms in which code can be generated. */
export const codeFormats: readonly CodeFormat[] = ['ts', 'esm', 'cjs']

const endings = {
  esm: { code: '.js', types: '.d.ts' },
  cjs: { code: '.cjs', types: '.d.cts' },
} as const

/** A module beside, as imports and exports name it; texts of a schema never end a line in this way. */
const neighbour = /(from |import\(\n? *)'(\.[^'\n]+)\.js'(\)?)$/gm

/**
 * Brings generated TypeScript into the form that a project wants. Other files stay as they are.
 *
 * @param files Text by path.
 * @param format Wanted form; `cjs` gives files that are CommonJS whatever the package says.
 * @returns Text by path, sorted by path.
 */
export async function formatCode(
  files: ReadonlyMap<string, string>,
  format: CodeFormat,
): Promise<ReadonlyMap<string, string>> {
  if (format === 'ts') return files
  const { default: ts } = await import('typescript')
  const { code, types } = endings[format]
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: format === 'esm' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
    esModuleInterop: true,
    isolatedDeclarations: true,
    declaration: true,
  }
  const formatted = new Map<string, string>()
  for (const [path, text] of files) {
    if (!path.endsWith('.ts')) {
      formatted.set(path, text)
      continue
    }
    const stem = path.slice(0, -'.ts'.length)
    // The compiler leaves comments out that stand before what it leaves out.
    const header = /^(\/\/ .*\n)*/.exec(text)?.[0] ?? ''
    const rest = text.slice(header.length)
    const own = format === 'esm' ? rest : rest.replace(neighbour, "$1'$2.cjs'$3")
    formatted.set(stem + code, header + ts.transpileModule(own, { compilerOptions, fileName: path }).outputText)
    formatted.set(stem + types, header + ts.transpileDeclaration(own, { compilerOptions, fileName: path }).outputText)
  }
  return new Map([...formatted].sort(([left], [right]) => (left < right ? -1 : 1)))
}
