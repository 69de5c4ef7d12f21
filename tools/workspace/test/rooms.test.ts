import { describe, expect, it } from 'vitest'
import { findCircles, gatherRooms, listPackages, readImports, stackRooms } from '../rooms.mjs'

const maxFloors = 10
/** What stands higher; nothing may be added. */
const higher: Readonly<Record<string, number>> = {
  'tools/codegen': 11,
}

describe.each(listPackages())('%s', (folder) => {
  const imports = readImports(folder)
  const rooms = gatherRooms(imports)
  const floors = higher[folder] ?? maxFloors

  it('has no imports that go in circles, neither between files nor between rooms', () => {
    expect(findCircles(imports)).toEqual([])
    expect(findCircles(rooms)).toEqual([])
  })

  it(`stands on at most ${floors} floors`, () => {
    expect(stackRooms(rooms).length).toBeLessThanOrEqual(floors)
  })
})

it('circles are found, between files and between rooms', () => {
  const imports = new Map([
    ['a.ts', ['b/c.ts']],
    ['b/c.ts', ['b/d.ts']],
    ['b/d.ts', ['a.ts']],
    ['e.ts', ['a.ts']],
  ])
  expect(findCircles(imports)).toEqual([['a.ts', 'b/c.ts', 'b/d.ts']])
  expect(findCircles(gatherRooms(imports))).toEqual([['a.ts', 'b']])
})
