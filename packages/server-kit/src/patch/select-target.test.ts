import { userResource } from '@scimkit/core/schema'
import { beforeEach, describe, expect, it } from 'vitest'
import { resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import { findTarget } from './select-target.js'

describe('findTarget', () => {
  let rules = resolveCompatibility()
  const target = (path: string) => findTarget(userResource, path, { rules, onNote: () => undefined })
  const isKept = (path: string) => {
    const first = target(path)
    return target(path) === first
  }

  beforeEach(() => {
    rules = resolveCompatibility({ base: 'lenient' })
  })

  it('gives the same target for the same path', () => {
    for (const path of ['title', 'name.givenName', 'emails[type eq "work"].value', 'emails[primary eq true]']) {
      expect(isKept(path)).toBe(true)
    }
    expect(target('title')).not.toBe(target('TITLE'))
  })

  it('keeps the targets of other rules apart', () => {
    const lenient = target('title')
    rules = resolveCompatibility({ base: 'strict' })
    expect(target('title')).not.toBe(lenient)
  })

  it('keeps no filter that names an element by its value', () => {
    for (const path of [
      'emails[value eq "a"]',
      'emails[type eq "work" and VALUE sw "a"].type',
      'emails[value pr].type',
    ]) {
      expect(isKept(path)).toBe(false)
    }
  })

  it('keeps no path of more than 256 units', () => {
    const path = (length: number) => `emails[type eq "${'x'.repeat(length - 'emails[type eq ""].value'.length)}"].value`
    expect(isKept(path(256))).toBe(true)
    expect(isKept(path(257))).toBe(false)
  })

  it('forgets all at 256 paths', () => {
    const paths = Array.from({ length: 257 }, (_, at) => `emails[type eq "${at}"].value`)
    const first = paths.slice(0, 256).map(target)
    expect(paths.slice(0, 256).map(target)).toEqual(first)
    expect(target(paths[0] ?? '')).toBe(first[0])
    target(paths[256] ?? '')
    expect(target(paths[0] ?? '')).not.toBe(first[0])
  })
})
