import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { root } from './docs/read-pages.js'

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const [packages = '', patch = ''] = [...page.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, picture]) => picture ?? '')
const { readImports } = (await import(pathToFileURL(join(root, 'tools/workspace/rooms.mjs')).href)) as {
  readonly readImports: (folder: string) => ReadonlyMap<string, readonly string[]>
}

/** The parts of a manifest that say what a package imports. */
interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

describe('docs/architecture.md', () => {
  it('draws the arrows between packages that their manifests have', () => {
    const drawn = [...packages.matchAll(/^ {2}([\w-]+) (-->|-\.->) ([\w-]+)$/gm)].map((arrow) =>
      arrow.slice(1).join(' '),
    )
    expect(drawn.toSorted()).toEqual(readManifests().flatMap(arrowsOf).toSorted())
  })

  it('draws the way of a PATCH along imports of server-kit', () => {
    const imports = readImports('packages/server-kit')
    const files = new Map([...patch.matchAll(/(\w+)\["([^"]+)"\]/g)].map(([, id = '', file = '']) => [id, file]))
    const arrows = [...patch.matchAll(/^ {2}(\w+)(?:\[[^\]]*\])? --> (\w+)/gm)].map(([, from = '', to = '']) => [
      files.get(from) ?? from,
      files.get(to) ?? to,
    ])
    expect(arrows.length).toBeGreaterThan(10)
    expect(arrows.filter(([from = '', to = '']) => !imports.get(from)?.includes(to))).toEqual([])
  })
})

describe.each(readRooms())('the rooms of $src in docs/architecture.md', ({ src, named }) => {
  it('are there', () => {
    const missing = named.filter((name) => !existsSync(join(root, src, name.endsWith('/') ? name : `${name}.ts`)))
    expect(missing).toEqual([])
  })

  it('are all of its folders', () => {
    const folders = readdirSync(join(root, src), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => `${name}/`).filter((folder) => !named.includes(folder))).toEqual([])
  })
})

/** The names in the first column of each table of rooms. */
function readRooms(): readonly { readonly src: string; readonly named: readonly string[] }[] {
  const tables = page.split('\n\n').filter((part) => /^\| `(?:packages|tools)\/[\w-]+\/src` \|/.test(part))
  return tables.map((table) => {
    const [src = '', ...named] = table
      .split('\n')
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
    return { src, named }
  })
}

function readManifests(): readonly Manifest[] {
  return ['packages', 'tools']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name, 'package.json')))
    .filter((file) => existsSync(file))
    .map((file): Manifest => JSON.parse(readFileSync(file, 'utf8')))
    .filter((manifest) => !manifest.private)
}

function arrowsOf({ name, dependencies = {}, peerDependencies = {} }: Manifest): readonly string[] {
  const short = (full: string) => full.replace('@scimkit/', '')
  const own = (names: object) => Object.keys(names).filter((other) => other.startsWith('@scimkit/'))
  return [
    ...own(dependencies).map((other) => `${short(name)} --> ${short(other)}`),
    ...own(peerDependencies).map((other) => `${short(name)} -.-> ${short(other)}`),
  ]
}
