import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

/** A public package and the tarball that npm would get. */
export interface PackedPackage {
  readonly name: string
  /** Path of the tarball. */
  readonly tarball: string
  /** Import specifiers of its entries, such as `@scimkit/core/schema`. */
  readonly entries: readonly string[]
}

declare module 'vitest' {
  interface ProvidedContext {
    packed: readonly PackedPackage[]
    /** Empty npm project in which all tarballs are installed, with the optional peers, the compilers and Jest, nothing else. */
    consumer: string
  }
}

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

/** Packs every public package and installs the tarballs into an empty project, once for all tests. */
export default function packPackages(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'scimkit-packed-'))
  const packed = publicPackages().map((location) => pack(location, folder))
  const consumer = join(folder, 'consumer')
  install(consumer, packed)
  project.provide('packed', packed)
  project.provide('consumer', consumer)
  return () => rmSync(folder, { recursive: true, force: true })
}

function publicPackages(): readonly string[] {
  return ['packages', 'tools']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
    .filter((location) => existsSync(join(location, 'package.json')) && !readManifest(location).private)
}

function readManifest(location: string): { name: string; private?: boolean; exports: Record<string, unknown> } {
  return JSON.parse(readFileSync(join(location, 'package.json'), 'utf8'))
}

function pack(location: string, folder: string): PackedPackage {
  const { name, exports } = readManifest(location)
  const out = execFileSync(join(root, 'node_modules/.bin/pnpm'), ['pack', '--json', '--pack-destination', folder], {
    cwd: location,
    encoding: 'utf8',
  })
  const entries = Object.keys(exports)
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => name + entry.slice(1))
  return { name, tarball: JSON.parse(out).filename, entries }
}

/** What a README tells to install beside a package, for one of its entries or one of its ways to run. */
const optionalPeers = { '@opentelemetry/api': '1.10.0', libsql: '0.5.29', oauth4webapi: '3.8.8', zod: '4.6.7' }

/** The test runner of many who write CommonJS, with the two compilers that it is mostly used with. */
const jest = {
  jest: '30.5.2',
  '@jest/globals': '30.5.2',
  'ts-jest': '29.4.15',
  '@swc/core': '1.16.22',
  '@swc/jest': '0.2.39',
}

/** The compilers that a user may have: the oldest one, the newest of the old kind, and the native one. */
const compilers = {
  'typescript-oldest': 'npm:typescript@5.5.4',
  'typescript-current': 'npm:typescript@5.9.3',
  'typescript-newest': 'npm:typescript@7.0.2',
}

function install(consumer: string, packed: readonly PackedPackage[]): void {
  mkdirSync(consumer)
  const dependencies = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]))
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { ...dependencies, ...optionalPeers, ...compilers, ...jest, typescript: '5.9.3' },
  }
  writeFileSync(join(consumer, 'package.json'), JSON.stringify(manifest))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: consumer, stdio: 'inherit' })
}
