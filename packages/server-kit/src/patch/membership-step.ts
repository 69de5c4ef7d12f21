import type { ScimError } from '@scimkit/core/schema'
import type { Filter } from '@scimkit/filter-parser'

/** A member as a client names it; whether it exists, and of what type it is, the server finds out. */
export interface GivenMember {
  /** Id of the member resource; never empty. */
  readonly value: string
  readonly type?: string | undefined
  readonly display?: string | undefined
  readonly $ref?: string | undefined
}

/**
 * One write to the members of a group; steps are done in their order.
 *
 * `require` writes nothing: when no member matches, the answer is 400 `noTarget`; when one does and there is a
 * `refusal`, that is the answer, since a member cannot be altered in place.
 */
export type MembershipStep =
  | { readonly kind: 'add'; readonly members: readonly GivenMember[] }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  | { readonly kind: 'replace'; readonly members: readonly GivenMember[] }
  | { readonly kind: 'removeAll' }
  | { readonly kind: 'removeWhere'; readonly filter: Filter }
  | {
      readonly kind: 'require'
      /** Names are bare sub-attributes of `members`. */
      readonly filter: Filter
      /** The ids that the filter names, where it does nothing else. */
      readonly ids?: readonly string[] | undefined
      readonly refusal?: ScimError | undefined
    }

/**
 * Joins neighbouring steps of one kind, so that a request of a hundred single adds is one write.
 *
 * @param steps Steps in the order of the operations.
 * @returns Fewer steps with the same effect; each member and id once in a step.
 */
export function joinSteps(steps: readonly MembershipStep[]): readonly MembershipStep[] {
  const runs: MembershipStep[][] = []
  for (const step of steps) {
    const run = runs.at(-1)
    const joins = run?.[0]?.kind === step.kind && (step.kind === 'add' || step.kind === 'remove')
    if (run && joins) run.push(step)
    else runs.push([step])
  }
  return runs.flatMap(joinRun)
}

function joinRun(run: readonly MembershipStep[]): readonly MembershipStep[] {
  switch (run[0]?.kind) {
    case 'add':
      return [{ kind: 'add', members: onceEach(run.flatMap((step) => (step.kind === 'add' ? step.members : []))) }]
    case 'replace':
      return run.map((step) => (step.kind === 'replace' ? { ...step, members: onceEach(step.members) } : step))
    case 'remove':
      return [{ kind: 'remove', ids: [...new Set(run.flatMap((step) => (step.kind === 'remove' ? step.ids : [])))] }]
    default:
      return run
  }
}

/** What is said of a member first holds, as it would if the members were added one after the other. */
function onceEach(members: readonly GivenMember[]): readonly GivenMember[] {
  const byId = new Map<string, GivenMember>()
  for (const member of members) if (!byId.has(member.value)) byId.set(member.value, member)
  return [...byId.values()]
}
