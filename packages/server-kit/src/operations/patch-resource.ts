import { type PatchOperation, type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { applyPatch } from '../patch/apply-patch.js'
import { comparesReturned } from '../patch/check-mutability.js'
import type { MemberReference, MembershipStep } from '../patch/membership-step.js'
import { parsePatchOp } from '../patch/parse-patch-op.js'
import { type MembershipPlan, planMembership } from '../patch/plan-membership.js'
import { checkChange } from '../request/check-change.js'
import { readJson } from '../request/read-body.js'
import { findProjection, readProjection } from '../request/read-projection.js'
import type { PasswordChange } from '../request/read-resource.js'
import { completeResources } from '../response/complete-resources.js'
import { respondWithoutBody, respondWithResource } from '../response/respond-with-resources.js'
import type { RequestContext, ResourceContext, ScimResponse } from '../service/request-context.js'
import type { StoredResource } from '../store/resource-store.js'
import { requireResource } from '../write/require-resource.js'
import { type ResourceChange, writeResource } from '../write/write-resource.js'

/** What a PATCH request does, and what of the resource its client was shown. */
interface PatchPlan extends MembershipPlan {
  readonly returned: object | undefined
}

/**
 * `PATCH /Users/{id}`
 *
 * @param context Request whose body is a PatchOp.
 * @param id Id as the path names it.
 * @returns 200 with the resource; for groups 204, unless attributes were requested.
 * @throws {ScimError} 400 for the operations, 404, 409 `uniqueness`, 412; nothing is changed then.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export async function patchResource(context: ResourceContext, id: string): Promise<ScimResponse> {
  const { served } = context
  readProjection(context, context.parameters) // wrong parameters are refused before anything is written
  const operations = await readOperations(context)
  const plan = await planChanges(context, id, operations)
  const { setPassword, removePassword } = context.service.options.hooks ?? {}
  const patched = await writeResource<StoredResource>(context, {
    id,
    // A password goes to a hook; when that refuses it, the change of the resource must not stay.
    atomic: plan.steps.length > 0 || setPassword !== undefined || removePassword !== undefined,
    change: (current) => patchWith(context, plan, current),
    mentions: plan.steps.flatMap(listMentioned),
  })
  const { attributes, excludedAttributes } = context.parameters
  if (served.hasMembers && !attributes && !excludedAttributes) return respondWithoutBody(patched.meta)
  const written = served.hasRequested ? listWritten(operations) : undefined
  const projection = readProjection(context, context.parameters, written)
  return respondWithResource(context, patched, { status: 200, projection })
}

async function readOperations(context: RequestContext): Promise<readonly PatchOperation[]> {
  const { limits, compatibility } = context.service
  const body = await readJson(context.incoming, limits) // a bare list of operations may be read as a message
  const operations = parsePatchOp(body, compatibility, context.reading.onNote)
  if (operations.length <= limits.maxPatchOperations) return operations
  throw new ScimError(413, `A PATCH request may hold ${limits.maxPatchOperations} operations`)
}

/** Where members are a relation of their own, operations on them become writes to it. */
async function planChanges(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
): Promise<PatchPlan> {
  const { members, definition } = context.served
  const plan = members ? planMembership(definition, operations, context.reading) : { operations, steps: [] }
  return { ...plan, returned: await readReturned(context, id, plan.operations) }
}

/**
 * Reads `meta` and `groups` as a response carries them, for a PATCH request that sends them back: clients write whole
 * resources, and the store holds neither `meta.location` nor the groups of a user.
 *
 * @returns What the client was shown; `undefined` when no operation names it, or none of it may be sent back.
 */
async function readReturned(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
): Promise<object | undefined> {
  const { served } = context
  if (!comparesReturned(context.service.compatibility) || !operations.some(namesReturned)) return undefined
  const stored = await requireResource(context, id)
  const projection = findProjection(served.definition, { attributes: ['meta', 'groups'] })
  const [returned] = await completeResources(context, [stored], projection)
  return returned
}

function namesReturned({ path, value }: PatchOperation): boolean {
  const names = path === undefined ? Object.keys(Object(value)) : [path]
  return names.some((name) => /(?:^|:)(?:meta|groups)\b/i.test(name))
}

function listMentioned(step: MembershipStep): readonly MemberReference[] {
  if (step.kind === 'name') return [step.member]
  return step.kind === 'add' || step.kind === 'replace' ? step.members : []
}

/** @returns The resource afterwards; the same object when the operations change nothing but members. */
function patchWith(context: ResourceContext, plan: PatchPlan, current: StoredResource): ResourceChange {
  const { definition } = context.served
  const before = takesPassword(definition) ? { ...current, password: storedPassword } : current
  const patched = applyPatch(definition, before, plan.operations, {
    compatibility: context.service.compatibility,
    onNote: context.reading.onNote,
    findId: context.reading.findId,
    returned: plan.returned,
  })
  if (patched === before) return { next: current, members: plan.steps }
  const { password, ...next } = patched as StoredResource // a patched resource keeps its id, meta and schemas
  checkChange(definition, next, current)
  return { next: next as StoredResource, password: toPasswordChange(before, password), members: plan.steps } // without the password it is one still
}

/** Stands for the password that a resource may have, which no store knows; no value of a client is the same. */
const storedPassword = Symbol('password')

/** What a client can set but once is set at most once, and never removed. */
function takesPassword({ index }: ResourceDefinition): boolean {
  const attribute = index.get('password')?.attribute
  return attribute !== undefined && attribute.mutability !== 'immutable'
}

function toPasswordChange(before: object, password: unknown): PasswordChange {
  if (typeof password === 'string') return password
  return password === undefined && 'password' in before ? null : undefined
}

function listWritten(operations: readonly PatchOperation[]): readonly string[] {
  return operations.flatMap(({ path, value }) => {
    if (path !== undefined) return [withoutFilter(path)]
    return keysOf(value)
  })
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

function withoutFilter(path: string): string {
  const start = path.indexOf('[')
  return start < 0 ? path : path.slice(0, start) + path.slice(path.lastIndexOf(']') + 1)
}
