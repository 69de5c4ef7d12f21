import type { Compatibility, CompatibilityBase, CompatibilityRule } from '@scimkit/core/schema'

/** Every rule, switched on or off. */
export type CompatibilityRules = Readonly<Record<CompatibilityRule, boolean>>

/** To the letter: off are the rules beyond RFC 7644, on those that the interoperability profile does without. */
const strict: CompatibilityRules = Object.freeze({
  opCaseInsensitive: false,
  stringBooleans: false,
  createOnUnmatchedFilter: false,
  removeByValue: false,
  dottedKeys: false,
  unwrapSingleElement: false,
  complexFromString: false,
  emptyStringUnassigns: false,
  ignoreUnknownSchema: false,
  filterAfterBracket: false,
  spacing: false,
  bareWords: false,
  emptyOperations: false,
  unchangedReadOnly: false,
  objectAsList: false,
  patchWithoutSchemas: false,
  resourceWithoutSchemas: false,
  messageWithoutSchemas: false,
  inexactSchemas: false,
  messageKeyCase: false,
  bareOperations: false,
  pathlessList: false,
  urnDot: false,
  stringNumbers: false,
  memberFromRef: false,
  skipUnknownMembers: false,
  keywordCase: false,
  doubledSlashes: false,
  ignoreUnknownAttributes: false,
  absentRemoval: false,
  unchangedRequired: false,
  nullPassword: false,
  memberDisplay: false,
  addSingleElement: true,
  pathlessOperations: true,
  elementTargets: true,
  severalMatches: true,
  repeatedTargets: true,
  mergeOnReplace: true,
})

const bases: ReadonlyMap<string, CompatibilityRules> = new Map<CompatibilityBase, CompatibilityRules>([
  ['lenient', Object.freeze({ ...switchAll(true), skipUnknownMembers: false })],
  ['strict', strict],
  // The profile does not say what a value of `remove` means; read by the letter, it would empty a group.
  [
    'interop',
    Object.freeze({
      ...switchAll(false),
      removeByValue: true,
      unchangedRequired: true,
      nullPassword: true,
      memberDisplay: true,
    }),
  ],
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
    if (!Object.hasOwn(strict, rule)) {
      throw new TypeError(`Unknown compatibility rule ${rule}; the rules are ${Object.keys(strict).join(', ')}`)
    }
    if (typeof on !== 'boolean') throw new TypeError(`Compatibility rule ${rule} must be true or false`)
  }
  return rules
}

function switchAll(on: boolean): CompatibilityRules {
  const rules = Object.fromEntries(Object.keys(strict).map((rule) => [rule, on]))
  return Object.freeze(rules) as CompatibilityRules // made from the complete list
}
