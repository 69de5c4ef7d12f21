import type { Compatibility, CompatibilityBase, CompatibilityRule } from '@scimkit/core/schema'

/** Every rule, switched on or off. */
export type CompatibilityRules = Readonly<Record<CompatibilityRule, boolean>>

const lenient: CompatibilityRules = Object.freeze({
  opCaseInsensitive: true,
  stringBooleans: true,
  createOnUnmatchedFilter: true,
  removeByValue: true,
  dottedKeys: true,
  unwrapSingleElement: true,
  complexFromString: true,
  emptyStringUnassigns: true,
  ignoreUnknownSchema: true,
  filterAfterBracket: true,
  spacing: true,
  bareWords: true,
  emptyOperations: true,
  unchangedReadOnly: true,
  objectAsList: true,
  patchWithoutSchemas: true,
  messageKeyCase: true,
  bareOperations: true,
  ignoreUnknownAttributes: true,
  absentRemoval: true,
  addSingleElement: true,
  pathlessOperations: true,
  elementTargets: true,
  severalMatches: true,
  repeatedTargets: true,
  mergeOnReplace: true,
})

/** What RFC 7644 allows and the interoperability profile does not. */
const allowedByTheLetter: ReadonlySet<string> = new Set<CompatibilityRule>([
  'addSingleElement',
  'pathlessOperations',
  'elementTargets',
  'severalMatches',
  'repeatedTargets',
  'mergeOnReplace',
])

const bases: ReadonlyMap<string, CompatibilityRules> = new Map<CompatibilityBase, CompatibilityRules>([
  ['lenient', lenient],
  ['strict', switchAll((rule) => allowedByTheLetter.has(rule))],
  ['interop', switchAll(() => false)],
])

const resolved = new WeakSet<object>(bases.values())

/**
 * Makes the switches of every rule from a base and the rules that differ from it.
 *
 * @param compatibility Base, or base and rules, or an earlier result; `lenient` when absent.
 * @returns All rules; the same frozen record for the same base.
 * @throws {TypeError} That names an unknown base or rule and the known ones.
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
    if (!Object.hasOwn(lenient, rule)) {
      throw new TypeError(`Unknown compatibility rule ${rule}; the rules are ${Object.keys(lenient).join(', ')}`)
    }
    if (typeof on !== 'boolean') throw new TypeError(`Compatibility rule ${rule} must be true or false`)
  }
  return rules
}

function switchAll(isOn: (rule: string) => boolean): CompatibilityRules {
  const rules = Object.fromEntries(Object.keys(lenient).map((rule) => [rule, isOn(rule)]))
  return Object.freeze(rules) as CompatibilityRules // made from the complete list
}
