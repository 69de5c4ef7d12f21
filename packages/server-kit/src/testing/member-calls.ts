import type { Member } from '../store/resource-store.js'
import { later, type StoreFixture } from './store-fixture.js'

/**
 * @param ids Names of users.
 * @returns Them as members.
 */
export function users(ids: readonly string[]): readonly Member[] {
  return ids.map((value) => ({ value, type: 'User' }))
}

/**
 * Adds users to a group.
 *
 * @param fixture Store under test.
 * @param group Id of the group.
 * @param ids Names of the users.
 * @returns What the port says.
 */
export function add(
  fixture: StoreFixture,
  group: string,
  ids: readonly string[],
): ReturnType<StoreFixture['members']['add']> {
  return fixture.members.add(fixture.groups, group, users(ids), { now: later })
}

/**
 * Makes a group a member of another.
 *
 * @param fixture Store under test.
 * @param outer Id of the group that gets the member.
 * @param inner Id of the member.
 */
export async function nest(fixture: StoreFixture, outer: string, inner: string): Promise<void> {
  await fixture.members.add(fixture.groups, outer, [{ value: inner, type: 'Group' }], { now: later })
}

/**
 * Reads all members of a group, page by page.
 *
 * @param fixture Store under test.
 * @param group Id of the group.
 * @param count Members per page.
 * @returns Their names, in the order of the pages.
 */
export async function membersOf(fixture: StoreFixture, group: string, count = 1_000): Promise<readonly string[]> {
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await fixture.members.page(fixture.groups, group, { after, count })
    ids.push(...page.members.map(({ value }) => value))
    after = page.next
  } while (after !== undefined)
  return ids
}
