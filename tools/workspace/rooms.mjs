// node tools/workspace/rooms.mjs [package…]: the rooms of each package, floor by floor, and the imports that go in circles.
// A room is a folder of `src`, or a file directly in it. A room stands one floor above the highest room that it imports.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './run.mjs'

/**
 * Reads which files of a package import which, type-only imports and imports on use included.
 *
 * @param {string} folder The package's folder, such as `packages/core`.
 * @returns {Map<string, string[]>} Each source file with those it imports, paths relative to `src`; tests are left out.
 */
export function readImports(folder) {
  const src = join(root, folder, 'src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|test-d)\.tsx?$/.test(file))
  const known = new Set(files)
  return new Map(files.map((file) => [file, importsOf(readFileSync(join(src, file), 'utf8'), file, known)]))
}

/**
 * Finds the circles among imports.
 *
 * @param {ReadonlyMap<string, readonly string[]>} imports Each file, or room, with those it imports.
 * @returns {string[][]} Each group whose members reach one another, sorted by name.
 */
export function findCircles(imports) {
  const reached = new Map([...imports.keys()].map((from) => [from, reach(imports, from)]))
  const groups = new Map()
  for (const [from, targets] of reached) {
    if (!targets.has(from)) continue
    const group = [...targets].filter((to) => reached.get(to)?.has(from)).sort()
    groups.set(group[0], group)
  }
  return [...groups.values()]
}

/**
 * Gathers the files of a package into rooms.
 *
 * @param {ReadonlyMap<string, readonly string[]>} imports Each file with those it imports.
 * @returns {Map<string, string[]>} Each room with the other rooms it imports.
 */
export function gatherRooms(imports) {
  const rooms = new Map()
  for (const [file, targets] of imports) {
    const room = rooms.get(roomOf(file)) ?? new Set()
    for (const target of targets) if (roomOf(target) !== roomOf(file)) room.add(roomOf(target))
    rooms.set(roomOf(file), room)
  }
  return new Map([...rooms].map(([room, targets]) => [room, [...targets].sort()]))
}

/**
 * Counts the floors on which rooms stand.
 *
 * @param {ReadonlyMap<string, readonly string[]>} rooms Each room with those it imports, without circles.
 * @returns {string[][]} The rooms of each floor, the lowest first.
 */
export function stackRooms(rooms) {
  const floors = []
  const floorOf = (room, above = []) => {
    if (above.includes(room)) return 0
    return Math.max(0, ...(rooms.get(room) ?? []).map((lower) => 1 + floorOf(lower, [...above, room])))
  }
  for (const room of [...rooms.keys()].sort()) {
    const floor = floorOf(room)
    floors[floor] ??= []
    floors[floor].push(room)
  }
  return floors.filter((rooms) => rooms !== undefined)
}

/**
 * Lists the packages that have sources.
 *
 * @returns {string[]} Their folders, such as `packages/core`.
 */
export function listPackages() {
  return ['packages', 'tools']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'src')))
}

function importsOf(text, file, known) {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*'(\.[^']+)'/g)].map(
    ([, specifier]) => specifier,
  )
  const targets = specifiers.map((specifier) => posix.join(dirname(file), specifier.replace(/\.js(x?)$/, '.ts$1')))
  return [...new Set(targets.filter((target) => known.has(target)))].sort()
}

function reach(imports, from) {
  const reached = new Set()
  const waiting = [...(imports.get(from) ?? [])]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue
    reached.add(next)
    waiting.push(...(imports.get(next) ?? []))
  }
  return reached
}

function roomOf(file) {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : file
}

function print(folder) {
  const imports = readImports(folder)
  const rooms = gatherRooms(imports)
  console.log(`\n${folder}: ${imports.size} files, ${rooms.size} rooms`)
  for (const [index, floor] of stackRooms(rooms).entries()) console.log(`  ${index + 1}  ${floor.join('  ')}`)
  for (const circle of findCircles(imports)) console.log(`  files in a circle: ${circle.join(', ')}`)
  for (const circle of findCircles(rooms)) console.log(`  rooms in a circle: ${circle.join(', ')}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wanted = process.argv.slice(2)
  for (const folder of listPackages()) if (wanted.length === 0 || wanted.includes(folder.split('/')[1])) print(folder)
}
