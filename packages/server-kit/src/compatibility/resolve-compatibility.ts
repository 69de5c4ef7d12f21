import { compatibilityRules } from '@scimkit/core/internal'
import type { Compatibility, CompatibilityBase, CompatibilityRule } from '@scimkit/core/schema'

/** Every rule, switched on or off. */
export type CompatibilityRules = Readonly<Record<CompatibilityRule, boolean>>

const names = Object.keys(compatibilityRules) as readonly CompatibilityRule[] // the type comes from the table

const bases: ReadonlyMap<string, CompatibilityRules> = new Map<CompatibilityBase, CompatibilityRules>([
  ['lenient', switchesOf('lenient')],
  ['strict', switchesOf('strict')],
  ['interop', switchesOf('interop')],
])

const resolved = new WeakSet<object>(bases.values())

/**
 * Switches every rule by a base and the rules that differ from it.
 *
 * @param compatibility Base, or base and rules, or an earlier result; `lenient` when absent.
 * @returns All rules; the same frozen record for the same base.
 * @throws {TypeError} For an unknown base or rule; the message names the known ones.
 */
export function resolveCompatibility(
  compatibility: Compatibility | CompatibilityRules = 'lenient',
): CompatibilityRules {
  if (typeof compatibility === 'string') return requireBase(compatibility)
  if (resolved.has(compatibility)) return compatibility as CompatibilityRules // only results are in the set
  const { base, rules = {} } = compatibility as Exclude<Compatibility, string> // checked by requireBase and checkRules
  const switched = Object.freeze({ ...requireBase(base), ...checkRules(rules) })
  resolved.add(switched)
  return switched
}

function requireBase(base: unknown): CompatibilityRules {
  const rules = bases.get(base as string) // a Map looks up anything
  if (rules) return rules
  throw new TypeError(`Unknown compatibility base ${JSON.stringify(base)}; use ${[...bases.keys()].join(', ')}`)
}

function checkRules(rules: object): Partial<CompatibilityRules> {
  for (const [rule, on] of Object.entries(rules)) {
    if (!Object.hasOwn(compatibilityRules, rule)) {
      throw new TypeError(`Unknown compatibility rule ${rule}; the rules are ${names.join(', ')}`)
    }
    if (typeof on !== 'boolean') throw new TypeError(`Compatibility rule ${rule} must be true or false`)
  }
  return rules
}

function switchesOf(base: CompatibilityBase): CompatibilityRules {
  const switches = names.map((rule) => [rule, compatibilityRules[rule].includes(base)])
  return Object.freeze(Object.fromEntries(switches)) as CompatibilityRules // made from the whole table
}
