// Installs the runtime dependencies of the public packages with npm in an empty folder and has npm check the registry's
// signatures and attestations of each: pnpm's own tree cannot be audited so.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './run.mjs'

const manifests = ['packages', 'tools']
  .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name, 'package.json')))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')))
  .filter((manifest) => !manifest.private)

const dependencies = Object.fromEntries(
  manifests
    .flatMap((manifest) => Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies }))
    .filter(([, range]) => !range.startsWith('workspace:')),
)

const folder = mkdtempSync(join(tmpdir(), 'scimkit-signatures-'))
try {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'signatures', private: true, dependencies }))
  execFileSync('npm', ['install', '--ignore-scripts', '--no-fund', '--no-audit'], { cwd: folder, stdio: 'inherit' })
  execFileSync('npm', ['audit', 'signatures'], { cwd: folder, stdio: 'inherit' })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
