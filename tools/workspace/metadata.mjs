// npm run metadata: brings what every public package says of itself into its package.json: where the project lives and its
// keywords, from the root's package.json, and the types of its subpaths for compilers that know no exports map.
// -- --check compares, status 1 on drift.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
const { repository, homepage, bugs, keywords } = read(join(root, 'package.json'))

const stale = ['packages', 'tools'].flatMap((parent) =>
  readdirSync(join(root, parent)).flatMap((name) => update(`${parent}/${name}`)),
)
for (const file of stale) console.log(file)
if (process.argv.includes('--check') && stale.length > 0) {
  console.log('npm run metadata writes them')
  process.exit(1)
}

function update(directory) {
  const file = join(root, directory, 'package.json')
  if (!existsSync(file)) return []
  const manifest = read(file)
  if (manifest.private) return []
  const text = `${JSON.stringify(complete(manifest, directory), null, 2)}\n`
  if (text === readFileSync(file, 'utf8')) return []
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  return [`${directory}/package.json`]
}

function complete(manifest, directory) {
  const { name, version, description, license, type, sideEffects, ...rest } = manifest
  for (const member of ['homepage', 'bugs', 'repository', 'keywords', 'typesVersions']) delete rest[member]
  const page = homepage.replace(/#.*/, `/tree/main/${directory}#readme`)
  const own = { homepage: page, bugs, repository: { ...repository, directory }, keywords }
  const typesVersions = subpathTypes(manifest.exports)
  const all = { name, version, description, license, ...own, type, sideEffects, ...rest }
  return typesVersions ? insertAfter(all, 'exports', { typesVersions }) : all
}

/** @see https://www.typescriptlang.org/docs/handbook/declaration-files/publishing.html#version-selection-with-typesversions */
function subpathTypes(exports) {
  const entries = Object.entries(exports).filter(([path, entry]) => path !== '.' && entry.require?.types)
  if (entries.length === 0) return undefined
  return { '*': Object.fromEntries(entries.map(([path, entry]) => [path.slice(2), [entry.require.types]])) }
}

function insertAfter(object, member, added) {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      name === member ? [[name, value], ...Object.entries(added)] : [[name, value]],
    ),
  )
}
