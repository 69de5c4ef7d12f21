import { isObject } from '@scimkit/core/internal'
import { ScimError, type ScimType } from '@scimkit/core/schema'

/**
 * Asserts that two JSON values are the same, without regard to the order of members.
 *
 * @param actual What came.
 * @param expected What should have come.
 * @param what What is compared, for the message.
 * @throws {Error} That shows both.
 */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [canonical(actual), canonical(expected)]
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`)
}

/**
 * Asserts that a call is refused.
 *
 * @param call Promise of the call.
 * @param status Status of the expected `ScimError`.
 * @param scimType Its keyword, where it must have one.
 * @throws {Error} When the call succeeds or fails otherwise.
 */
export async function refuses(call: Promise<unknown>, status: number, scimType?: ScimType): Promise<void> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  const expected = `ScimError ${status}${scimType === undefined ? '' : ` ${scimType}`}`
  if (!outcome) throw new Error(`expected ${expected}, but the call succeeded`)
  if (ScimError.is(outcome.error, scimType) && outcome.error.status === status) return
  throw new Error(`expected ${expected}, got ${String(outcome.error)}`, { cause: outcome.error })
}

/**
 * Sorts the outcomes of calls that ran at the same time.
 *
 * @param calls Promises of the calls.
 * @returns Number of those that succeeded, and the errors of the others.
 */
export async function race(calls: readonly Promise<unknown>[]): Promise<{ won: number; errors: readonly unknown[] }> {
  const outcomes = await Promise.allSettled(calls)
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  return { won: outcomes.length - errors.length, errors }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isObject(inner) ? sortMembers(inner) : inner)) ?? 'undefined'
}

function sortMembers(members: object): object {
  return Object.fromEntries(Object.entries(members).sort(([left], [right]) => (left < right ? -1 : 1)))
}
