import { readFile } from 'node:fs/promises'
import { build } from 'esbuild'

const folder = 'packages/mock-server/src/inspector/page'

/**
 * Emits the module that holds the mock server's inspector page as text, so that a server needs no files beside its code
 * and runs alike from sources, from a build and inside a bundle.
 *
 * @param command Command that writes it anew.
 * @returns The module's text.
 */
export async function emitInspector(command: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}/inspector.ts`],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  })
  const texts = {
    html: await readFile(`${folder}/index.html`, 'utf8'),
    css: await readFile(`${folder}/inspector.css`, 'utf8'),
    script: outputFiles.map(({ text }) => text).join(''),
  }
  const constants = Object.entries(texts).map(([name, text]) => `export const ${name} = ${quoteLines(text)}\n`)
  return `// @generated from ${folder} – do not edit; run ${command}\n\n${constants.join('\n')}`
}

/** A template, so that a change of the page is read line by line. */
function quoteLines(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``
}
