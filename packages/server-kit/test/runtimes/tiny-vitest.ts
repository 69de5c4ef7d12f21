/**
 * The part of vitest that the HTTP suite uses, small enough to be bundled for runtimes on which vitest does not run.
 */

type Body = (...given: never[]) => unknown

interface Test {
  readonly name: string
  readonly body: () => unknown
  readonly after: readonly (() => unknown)[]
}

const tests: Test[] = []
let path: readonly string[] = []
let hooks: readonly (() => unknown)[] = []

/** Registers a group of tests. */
export const describe = Object.assign(
  (name: string, body: () => void): void => {
    const before = { path, hooks }
    path = [...path, name]
    body()
    ;({ path, hooks } = before)
  },
  {
    each:
      (cases: readonly unknown[]) =>
      (name: string, body: Body): void => {
        for (const given of cases) describe(format(name, [given]), () => void body(...([given] as never[])))
      },
  },
)

/** Registers a test. */
export const it = Object.assign(
  (name: string, second: unknown, third?: unknown): void => {
    const body = (third ?? second) as () => unknown // the options come before the body
    tests.push({ name: [...path, name].join(' > '), body, after: hooks })
  },
  {
    each:
      (cases: readonly unknown[]) =>
      (name: string, body: Body): void => {
        for (const given of cases) {
          const values = Array.isArray(given) ? given : [given]
          it(format(name, values), () => body(...(values as never[])))
        }
      },
  },
)

/** Registers what is done after each test of the group. */
export function afterEach(hook: () => unknown): void {
  hooks = [...hooks, hook]
}

/**
 * Runs every test in turn.
 *
 * @param skip Tells which tests are left out.
 * @returns Number of those that passed, and the failures with their reasons.
 */
export async function runTests(skip: (name: string) => boolean): Promise<{ passed: number; failures: string[] }> {
  const failures: string[] = []
  let passed = 0
  for (const { name, body, after } of tests) {
    if (skip(name)) continue
    try {
      await body()
      passed++
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
    for (const hook of after) await hook()
  }
  return { passed, failures }
}

function format(name: string, values: readonly unknown[]): string {
  let next = 0
  return name.replace(/%[sji]/g, () => {
    const value = values[next++]
    return typeof value === 'string' ? value : JSON.stringify(value)
  })
}

/** Matches by a test of its own. */
class Matcher {
  constructor(readonly matches: (actual: unknown) => boolean) {}
}

type Matchers = Readonly<Record<string, (expected?: unknown) => void>> & {
  readonly not: Readonly<Record<string, (expected?: unknown) => void>>
}

/** Asserts something of a value. */
export const expect = Object.assign(
  (actual: unknown): Matchers => {
    const checks = Object.entries(matchers)
    const plain = Object.fromEntries(
      checks.map(([name, check]) => [
        name,
        (expected?: unknown) => assert(check(actual, expected), name, actual, expected),
      ]),
    )
    const not = Object.fromEntries(
      checks.map(([name, check]) => [
        name,
        (expected?: unknown) => assert(!check(actual, expected), `not ${name}`, actual, expected),
      ]),
    )
    return { ...plain, not } as Matchers // every matcher is there
  },
  {
    any: (type: unknown) => new Matcher((actual) => type === String && typeof actual === 'string'),
    stringContaining: (part: string) => new Matcher((actual) => typeof actual === 'string' && actual.includes(part)),
    arrayContaining: (parts: readonly unknown[]) =>
      new Matcher(
        (actual) =>
          Array.isArray(actual) && parts.every((part) => actual.some((element) => equal(element, part, false))),
      ),
    objectContaining: (part: object) => new Matcher((actual) => equal(actual, part, true)),
  },
)

const matchers: Readonly<Record<string, (actual: unknown, expected: unknown) => boolean>> = {
  toBe: (actual, expected) => Object.is(actual, expected),
  toEqual: (actual, expected) => equal(actual, expected, false),
  toMatchObject: (actual, expected) => equal(actual, expected, true),
  toHaveLength: (actual, expected) => (actual as ArrayLike<unknown>).length === expected,
  toContain: (actual, expected) => (actual as { includes(part: unknown): boolean }).includes(expected),
  toContainEqual: (actual, expected) =>
    (actual as readonly unknown[]).some((element) => equal(element, expected, false)),
  toHaveProperty: (actual, expected) =>
    Object.hasOwn(Object(actual), String(Array.isArray(expected) ? expected[0] : expected)),
  toMatch: (actual, expected) => (expected as RegExp).test(String(actual)),
  toBeNull: (actual) => actual === null,
  toBeUndefined: (actual) => actual === undefined,
  toBeLessThan: (actual, expected) => Number(actual) < Number(expected),
  toBeGreaterThanOrEqual: (actual, expected) => Number(actual) >= Number(expected),
}

function assert(holds: boolean, name: string, actual: unknown, expected: unknown): void {
  if (!holds) throw new Error(`${JSON.stringify(actual)} ${name} ${JSON.stringify(expected) ?? ''}`.slice(0, 600))
}

function equal(actual: unknown, expected: unknown, partly: boolean): boolean {
  if (expected instanceof Matcher) return expected.matches(actual)
  if (Object.is(actual, expected)) return true
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((element, at) => equal(actual[at], element, partly))
    )
  }
  if (!isObject(actual) || !isObject(expected)) return false
  const names = Object.keys(expected).filter((name) => expected[name] !== undefined)
  const given = Object.keys(actual).filter((name) => actual[name] !== undefined)
  return (partly || names.length === given.length) && names.every((name) => equal(actual[name], expected[name], partly))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
