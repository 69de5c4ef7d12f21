import type { JsonObject } from '@scimkit/core/internal'
import type { PatchOperation, ResourceDefinition } from '@scimkit/core/schema'
import type { Reading } from '../compatibility/reading.js'
import { type MemberReference, type MembershipStep, planSteps } from './membership-step.js'
import { type AttributeSelection, findNamedTarget, type PatchTarget, selectTarget } from './select-target.js'

/** A PATCH request on a group whose members are a relation of their own. */
export interface MembershipPlan {
  /** Operations for `applyPatch`; none of them names `members`. */
  readonly operations: readonly PatchOperation[]
  /** Writes to the members, in their order; the two lists do not depend on each other. */
  readonly steps: readonly MembershipStep[]
}

/**
 * Splits the operations of a PATCH request between the group and its members, so that no request loads a list of
 * members to change it.
 *
 * @param definition Definition of the group, with an attribute `members`.
 * @param operations Operations, as `parsePatchOp` returns them.
 * @param reading Rules and the receiver of notes.
 * @returns The operations on other attributes, and the writes to the members.
 * @throws {ScimError} 400 `invalidValue` for a member without id, `mutability` for altering one in place; `invalidPath`
 * and `invalidFilter` for a path.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function planMembership(
  definition: ResourceDefinition,
  operations: readonly PatchOperation[],
  reading: Reading,
): MembershipPlan {
  const others: PatchOperation[] = []
  const steps: MembershipStep[] = []
  for (const operation of operations) {
    const { op, path } = operation
    if (path !== undefined) {
      const selection = findMembers(path, () => selectTarget(definition, path, reading))
      if (selection) steps.push(...planSteps(selection, operation, reading))
      else others.push(operation)
      continue
    }
    const { members, rest } = splitValue(definition, operation, reading)
    for (const [selection, given] of members) steps.push(...planSteps(selection, { op, value: given }, reading))
    if (members.length === 0) others.push(operation)
    else if (Object.keys(rest).length > 0) others.push({ op, value: rest })
  }
  return { operations: others, steps: joinSteps(steps) }
}

interface SplitValue {
  readonly members: readonly (readonly [AttributeSelection, unknown])[]
  readonly rest: object
}

/** Splits a value without path into what is for `members` and the rest. */
function splitValue(definition: ResourceDefinition, { op, value }: PatchOperation, reading: Reading): SplitValue {
  const members: [AttributeSelection, unknown][] = []
  const rest: [string, unknown][] = []
  // Without a path, remove is refused where the operation is applied.
  for (const [key, given] of op === 'remove' ? [] : Object.entries(value as JsonObject)) {
    const selection = findMembers(key, () => findNamedTarget(definition, key, reading))
    if (selection) members.push([selection, given])
    else rest.push([key, given])
  }
  return { members, rest: Object.fromEntries(rest) }
}

/** Other paths are parsed where they are applied. */
function findMembers(path: string, select: () => PatchTarget | undefined): AttributeSelection | undefined {
  if (!/members/i.test(path)) return undefined
  const target = select()
  if (!target?.attribute || target.extension) return undefined
  return target.attribute.name === 'members' ? target : undefined
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
  | { readonly kind: 'add'; readonly members: MemberReference[] }
  | { readonly kind: 'remove'; readonly ids: string[] }
  | Extract<MembershipStep, { kind: 'replace' | 'removeAll' | 'removeWhere' | 'name' | 'require' }>

function openStep(step: MembershipStep): JoinedStep {
  if (step.kind === 'add') return { kind: 'add', members: [...step.members] }
  return step.kind === 'remove' ? { kind: 'remove', ids: [...step.ids] } : step
}

/** The first mention of a member holds, as it would if the members were added one after the other. */
function closeStep(step: JoinedStep): MembershipStep {
  if (step.kind === 'remove') return { kind: 'remove', ids: [...new Set(step.ids)] }
  if (step.kind !== 'add' && step.kind !== 'replace') return step
  const byId = new Map<string, MemberReference>()
  for (const member of step.members) if (!byId.has(member.value)) byId.set(member.value, member)
  return { kind: step.kind, members: [...byId.values()] }
}
