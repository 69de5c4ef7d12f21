import type { PatchOperation, ResourceDefinition } from '@scimkit/core/schema'
import type { Reading } from '../compatibility/reading.js'
import { joinSteps, type MembershipStep } from './membership-step.js'
import { planStep } from './plan-step.js'
import { selectMember } from './select-member.js'
import { type AttributeSelection, type PatchTarget, selectTarget } from './select-target.js'
import type { Members } from './write-member.js'

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
 * @param operations Operations, as `parsePatchOp` gives them.
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
    const { op, path, value } = operation
    if (path !== undefined) {
      const selection = selectMembers(definition, path, selectTarget, reading)
      if (selection) steps.push(...planStep(selection, operation, reading))
      else others.push(operation)
      continue
    }
    const { members, rest } = splitValue(definition, op, value, reading)
    for (const [selection, given] of members) steps.push(...planStep(selection, { op, value: given }, reading))
    if (members.length === 0) others.push(operation)
    else if (Object.keys(rest).length > 0) others.push({ op, value: rest })
  }
  return { operations: others, steps: joinSteps(steps) }
}

interface SplitValue {
  readonly members: readonly (readonly [AttributeSelection, unknown])[]
  readonly rest: object
}

/** The members of a path-less value that are `members`, and the rest. */
function splitValue(
  definition: ResourceDefinition,
  op: PatchOperation['op'],
  value: unknown,
  reading: Reading,
): SplitValue {
  const members: [AttributeSelection, unknown][] = []
  const rest: [string, unknown][] = []
  // Without a path, remove is refused where the operation is applied.
  for (const [key, member] of op === 'remove' ? [] : Object.entries(value as Members)) {
    const selection = selectMembers(definition, key, selectMember, reading)
    if (selection) members.push([selection, member])
    else rest.push([key, member])
  }
  return { members, rest: Object.fromEntries(rest) }
}

function selectMembers(
  definition: ResourceDefinition,
  path: string,
  select: (definition: ResourceDefinition, path: string, reading: Reading) => PatchTarget | undefined,
  reading: Reading,
): AttributeSelection | undefined {
  // Other paths are parsed where they are applied.
  if (!/members/i.test(path)) return undefined
  const target = select(definition, path, reading)
  if (!target?.attribute || target.extension) return undefined
  return target.attribute.name === 'members' ? target : undefined
}
