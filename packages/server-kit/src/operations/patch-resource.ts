import { type PatchOperation, type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { applyPatch } from '../patch/apply-patch.js'
import { parsePatchOp } from '../patch/parse-patch-op.js'
import { type MembershipPlan, planMembership } from '../patch/plan-membership.js'
import { checkChange } from '../request/check-change.js'
import { checkPrecondition } from '../request/check-precondition.js'
import { readJson } from '../request/read-body.js'
import { readProjection } from '../request/read-projection.js'
import type { PasswordChange } from '../request/read-resource.js'
import type { RequestContext, ResourceContext, ScimResponse } from '../request-context.js'
import { respondWithoutBody, respondWithResource } from '../response/respond-with-resources.js'
import type { ResourceStore, StoredResource } from '../store.js'
import { raiseVersion } from '../write/raise-version.js'
import { requireResource } from '../write/require-resource.js'
import { preparePassword, setPassword } from '../write/set-password.js'
import { writeAgain } from '../write/write-again.js'
import { writeMembers } from '../write/write-members.js'
import { readReturned } from './read-returned.js'

/** What a PATCH request does, and what of the resource its client was shown. */
interface Patching extends MembershipPlan {
  readonly returned: object | undefined
}

/**
 * `PATCH /Users/{id}`
 *
 * @param context Request whose body is a PatchOp.
 * @param id Id as the path names it.
 * @returns 200 with the resource; for groups 204, unless attributes were asked for.
 * @throws {ScimError} 400 for the operations, 404, 409 `uniqueness`, 412; nothing is changed then.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export async function patchResource(context: ResourceContext, id: string): Promise<ScimResponse> {
  const { served } = context
  readProjection(context, context.parameters) // wrong parameters are refused before anything is written
  const operations = await readOperations(context)
  const plan = planChanges(context, operations)
  const returned = await readReturned(context, id, plan.operations)
  const patching = { ...plan, returned }
  const { setPassword, removePassword } = context.service.options.hooks ?? {}
  const patched = await writeAgain(context, (store) => patchOnce(context, id, patching, store), {
    id,
    // A password goes to a hook; when that refuses it, the change of the resource must not stay.
    atomic: plan.steps.length > 0 || setPassword !== undefined || removePassword !== undefined,
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
function planChanges(context: ResourceContext, operations: readonly PatchOperation[]): MembershipPlan {
  const { served } = context
  if (!served.members) return { operations, steps: [] }
  return planMembership(served.definition, operations, context.reading)
}

async function patchOnce(
  context: ResourceContext,
  id: string,
  patching: Patching,
  store: ResourceStore,
): Promise<StoredResource> {
  const current = await requireResource(context, id, store)
  checkPrecondition(context.incoming, current.meta.version)
  const stored = await patchAttributes(context, current, patching, store)
  if (patching.steps.length === 0) return stored
  const meta = await writeMembers(context, stored, patching.steps, store)
  return { ...stored, meta }
}

async function patchAttributes(
  context: ResourceContext,
  current: StoredResource,
  { operations, returned }: Patching,
  store: ResourceStore,
): Promise<StoredResource> {
  const { served } = context
  const { definition } = served
  const before = takesPassword(definition) ? { ...current, password: storedPassword } : current
  const patched = applyPatch(definition, before, operations, {
    compatibility: context.service.compatibility,
    onNote: context.reading.onNote,
    findId: context.reading.findId,
    returned,
  })
  if (patched === before) return current
  const { password, ...next } = patched as StoredResource // a patched resource keeps its id, meta and schemas
  checkChange(definition, next, current)
  const hash = preparePassword(context, toPasswordChange(before, password))
  const meta = raiseVersion(current.meta, context.now)
  const stored = await store.replace(context.storeContext, current, {
    ...next,
    id: current.id,
    schemas: next.schemas,
    meta,
  })
  await setPassword(context, current.id, hash)
  return stored
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
