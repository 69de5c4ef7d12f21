import type { Compatibility } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { resolveCompatibility } from './resolve-compatibility.js'

describe('resolveCompatibility', () => {
  const byName = (name: 'lenient' | 'strict' | 'interop', on: boolean) =>
    Object.entries(resolveCompatibility(name)).flatMap(([rule, value]) => (value === on ? [rule] : []))

  it('is lenient by default, with every rule on that loses nothing of a request', () => {
    expect(resolveCompatibility()).toBe(resolveCompatibility('lenient'))
    expect(byName('lenient', false)).toEqual(['skipUnknownMembers'])
  })

  it('has only what the RFC allows in strict, and next to nothing in interop', () => {
    expect(byName('strict', true)).toEqual([
      'addSingleElement',
      'pathlessOperations',
      'elementTargets',
      'severalMatches',
      'repeatedTargets',
      'mergeOnReplace',
    ])
    expect(byName('interop', true)).toEqual(['removeByValue', 'unchangedRequired', 'nullPassword', 'memberDisplay'])
  })

  it('switches single rules of a base', () => {
    const rules = resolveCompatibility({ base: 'strict', rules: { stringBooleans: true } })
    expect(rules).toEqual({ ...resolveCompatibility('strict'), stringBooleans: true })
    expect(resolveCompatibility({ base: 'interop' })).toEqual(resolveCompatibility('interop'))
  })

  it('gives frozen rules, and takes its own result back', () => {
    const rules = resolveCompatibility({ base: 'lenient', rules: { bareWords: false } })
    expect(Object.isFrozen(rules)).toBe(true)
    expect(resolveCompatibility(rules)).toBe(rules)
    expect(resolveCompatibility(resolveCompatibility('strict'))).toBe(resolveCompatibility('strict'))
  })

  const faults: { name: string; given: unknown; want: RegExp }[] = [
    { name: 'an unknown base', given: 'loose', want: /"loose"; use lenient, strict, interop$/ },
    { name: 'an unknown base of rules', given: { base: 'loose' }, want: /"loose"; use lenient, strict, interop$/ },
    { name: 'no base', given: { rules: {} }, want: /undefined; use lenient/ },
    {
      name: 'an unknown rule',
      given: { base: 'strict', rules: { colour: true } },
      want: /rule colour; the rules are opCase.*mergeOnReplace$/,
    },
    { name: 'an inherited name', given: { base: 'strict', rules: { toString: true } }, want: /rule toString/ },
    {
      name: 'a rule that is neither on nor off',
      given: { base: 'strict', rules: { spacing: 1 } },
      want: /spacing must be true or false/,
    },
  ]
  it.each(faults)('names $name', ({ given, want }) => {
    expect(() => resolveCompatibility(given as Compatibility)).toThrow(TypeError)
    expect(() => resolveCompatibility(given as Compatibility)).toThrow(want)
  })
})
