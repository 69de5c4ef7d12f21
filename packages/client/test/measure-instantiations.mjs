// Prints how many type instantiations a typical app file adds to the program that only imports what it imports.
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

function measure(files) {
  const project = join(import.meta.dirname, 'instantiations', `tsconfig.${files.length}.json`)
  writeFileSync(project, JSON.stringify({ extends: '../../../../tsconfig.base.json', files }))
  try {
    const output = execFileSync(process.execPath, [tsc, '-p', project, '--extendedDiagnostics'], { encoding: 'utf8' })
    return Object.fromEntries(
      [...output.matchAll(/^(Instantiations|Types):\s+(\d+)/gm)].map(([, name, n]) => [name, Number(n)]),
    )
  } finally {
    rmSync(project)
  }
}

const base = measure(['base.ts'])
const app = measure(['base.ts', 'app.ts'])
console.log(JSON.stringify({ instantiations: app.Instantiations - base.Instantiations, types: app.Types - base.Types }))
