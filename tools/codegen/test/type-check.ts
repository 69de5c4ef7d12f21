import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Type-checks files with the settings of this repository, core taken from its sources.
 *
 * @param files Paths of TypeScript files within this package, so that core and zod are found.
 * @param settings Compiler options that differ from those of the repository.
 * @returns The program, and one line per fault.
 */
export function typeCheck(
  files: readonly string[],
  settings: ts.CompilerOptions = {},
): {
  readonly program: ts.Program
  readonly faults: readonly string[]
} {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(packageRoot, 'tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '))
      },
    },
  )
  const program = ts.createProgram([...files], { ...config?.options, ...settings, noEmit: true })
  const own = program.getSourceFiles().filter(({ fileName }) => isWithin(fileName, files))
  const diagnostics = own.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ])
  return {
    program,
    faults: diagnostics.map(({ file, start, messageText }) => {
      const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
      return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    }),
  }
}

function isWithin(fileName: string, files: readonly string[]): boolean {
  return files.some((file) => fileName.startsWith(`${dirname(file)}/`))
}
