/**
 * Registers tests as vitest does, small enough to be bundled for runtimes on which vitest does not run. The matchers are
 * vitest's own.
 */
import { chai, customMatchers, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect'

export { expectTypeOf } from 'expect-type'

type Hook = () => unknown
type Body = (...given: never[]) => unknown

interface Group {
  readonly path: readonly string[]
  readonly parent: Group | undefined
  readonly hooks: { readonly [When in 'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach']: Hook[] }
}

interface Test {
  readonly name: string
  readonly body: Hook
  readonly group: Group
}

/** What came of a run. */
export interface Tally {
  readonly passed: number
  /** Names of the tests that failed, with the reasons. */
  readonly failures: readonly string[]
}

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin)
const extensible = chai.expect as unknown as { extend(expect: object, matchers: object): void } // JestExtend has added it
extensible.extend(chai.expect, customMatchers)

/** Asserts something of a value; `poll` asks for it again and again until the matcher holds. */
export const expect = Object.assign(chai.expect, { poll })

const tests: Test[] = []
let group = createGroup([], undefined)

/** Registers a group of tests. */
export const describe = withEach((name: string, body: Hook): void => {
  const outer = group
  group = createGroup([...outer.path, name], outer)
  body()
  group = outer
})

const register = withEach((name: string, second: unknown, third?: unknown): void => {
  const body = (typeof second === 'function' ? second : third) as Hook // options may come before the body
  tests.push({ name: [...group.path, name].join(' > '), body, group })
})

export { register as it, register as test }

/** Registers what is done before the first test of the group. */
export const beforeAll = (hook: Hook): void => void group.hooks.beforeAll.push(hook)
/** Registers what is done after the last test of the group; here, after all tests. */
export const afterAll = (hook: Hook): void => void group.hooks.afterAll.push(hook)
/** Registers what is done before each test of the group. */
export const beforeEach = (hook: Hook): void => void group.hooks.beforeEach.push(hook)
/** Registers what is done after each test of the group. */
export const afterEach = (hook: Hook): void => void group.hooks.afterEach.push(hook)

/**
 * Runs every test in turn.
 *
 * @param isLeftOut Tells by its name whether a test is left out.
 * @returns What came of it.
 */
export async function runTests(isLeftOut: (name: string) => boolean): Promise<Tally> {
  const failures: string[] = []
  const entered = new Set<Group>()
  let passed = 0
  for (const { name, body, group } of tests) {
    if (isLeftOut(name)) continue
    const groups = outermostFirst(group)
    try {
      for (const each of groups.filter((each) => !entered.has(each))) {
        entered.add(each)
        await runHooks(each, 'beforeAll')
      }
      for (const each of groups) await runHooks(each, 'beforeEach')
      await body()
      passed++
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
    for (const each of groups.reverse()) await runHooks(each, 'afterEach')
  }
  for (const each of [...entered].reverse()) await runHooks(each, 'afterAll')
  return { passed, failures }
}

/** Milliseconds; the defaults are those of vitest. */
interface PollOptions {
  readonly timeout?: number
  readonly interval?: number
}

type Matchers = Readonly<Record<string, (...expected: unknown[]) => Promise<void>>>

function poll(read: () => unknown, { timeout = 1_000, interval = 50 }: PollOptions = {}): Matchers {
  const holds = async (matcher: string, expected: unknown[]): Promise<void> => {
    const assertion: object = chai.expect(await read())
    await (Reflect.get(assertion, matcher) as (...given: unknown[]) => unknown).apply(assertion, expected) // a matcher of vitest
  }
  const until = async (matcher: string, expected: unknown[]): Promise<void> => {
    for (const end = Date.now() + timeout; ; ) {
      try {
        return await holds(matcher, expected)
      } catch (error) {
        if (Date.now() >= end) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, interval))
    }
  }
  return new Proxy(
    {},
    {
      get:
        (_, matcher) =>
        (...expected: unknown[]) =>
          until(String(matcher), expected),
    },
  )
}

function createGroup(path: readonly string[], parent: Group | undefined): Group {
  return { path, parent, hooks: { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] } }
}

function outermostFirst(group: Group): Group[] {
  return group.parent ? [...outermostFirst(group.parent), group] : [group]
}

async function runHooks(group: Group, when: keyof Group['hooks']): Promise<void> {
  for (const hook of group.hooks[when]) await hook()
}

/** Adds `each`, which registers something for each of some cases. */
function withEach<T extends (name: string, body: Hook) => void>(add: T) {
  const each =
    (cases: readonly unknown[]) =>
    (name: string, body: Body): void => {
      for (const given of cases) {
        const values = Array.isArray(given) ? given : [given]
        add(format(name, values), () => body(...(values as never[]))) // the cases are what the body takes
      }
    }
  return Object.assign(add, { each })
}

function format(name: string, values: readonly unknown[]): string {
  let next = 0
  const show = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'))
  return name
    .replace(/%[sjid]/g, () => show(values[next++]))
    .replace(/\$(\w+)/g, (text, member: string) => {
      const [value] = values
      return typeof value === 'object' && value !== null && member in value ? show(value[member as never]) : text // it is in there
    })
}
