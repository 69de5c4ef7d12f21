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
      /** Gives a member that is there its `display`; `refusal` is the answer when it has another. */
      readonly kind: 'name'
      readonly filter: Filter
      readonly ids: readonly string[]
      readonly member: GivenMember
      readonly refusal: ScimError
    }
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
  const joined: JoinedStep[] = []
  for (const step of steps) {
    const last = joined.at(-1)
    if (step.kind === 'add' && last?.kind === 'add') for (const member of step.members) last.members.push(member)
    else if (step.kind === 'remove' && last?.kind === 'remove') for (const id of step.ids) last.ids.push(id)
    else joined.push(openStep(step))
  }
  return joined.map(closeStep)
}

/** A step to which others may be joined. */
type JoinedStep =
  | { readonly kind: 'add'; readonly members: GivenMember[] }
  | { readonly kind: 'remove'; readonly ids: string[] }
  | Extract<MembershipStep, { kind: 'replace' | 'removeAll' | 'removeWhere' | 'name' | 'require' }>

function openStep(step: MembershipStep): JoinedStep {
  if (step.kind === 'add') return { kind: 'add', members: [...step.members] }
  return step.kind === 'remove' ? { kind: 'remove', ids: [...step.ids] } : step
}

/** What is said of a member first holds, as it would if the members were added one after the other. */
function closeStep(step: JoinedStep): MembershipStep {
  if (step.kind === 'remove') return { kind: 'remove', ids: [...new Set(step.ids)] }
  if (step.kind !== 'add' && step.kind !== 'replace') return step
  const byId = new Map<string, GivenMember>()
  for (const member of step.members) if (!byId.has(member.value)) byId.set(member.value, member)
  return { kind: step.kind, members: [...byId.values()] }
}
