import {
  type CompatibilityRule,
  defineExtension,
  defineSchema,
  enterpriseUser,
  groupResource,
  type PatchOperation,
  type ResourceDefinition,
  ScimError,
  urns,
  userResource,
} from '@scimkit/core/schema'
import { type ApplyPatchOptions, applyPatch, type Note } from '@scimkit/server-kit/patch'

/** An extension with every data type, each mutability, and required attributes at both levels. */
export const acmeSchema = defineSchema({
  id: 'urn:example:params:scim:schemas:extension:acme:2.0:User',
  name: 'Acme User',
  attributes: [
    { name: 'badgeNumber', type: 'integer', mutability: 'immutable' },
    { name: 'clearance', mutability: 'readOnly' },
    { name: 'costShare', type: 'decimal' },
    { name: 'hiredAt', type: 'dateTime' },
    { name: 'seal', type: 'binary' },
    { name: 'site', type: 'reference', referenceTypes: ['external'] },
    { name: 'contractor', type: 'boolean' },
    { name: 'skills', multiValued: true },
    { name: 'shifts', type: 'dateTime', multiValued: true },
    { name: 'oaths', multiValued: true, mutability: 'immutable' },
    {
      name: 'office',
      type: 'complex',
      subAttributes: [
        { name: 'building', required: true },
        { name: 'floor', type: 'integer' },
        { name: 'desk', mutability: 'immutable' },
        { name: 'occupancy', type: 'integer', mutability: 'readOnly' },
        { name: 'rooms', multiValued: true },
      ],
    },
    {
      name: 'devices',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'serial', required: true, caseExact: true },
        { name: 'model' },
        { name: 'assetTag', mutability: 'immutable' },
        { name: 'lastSeen', type: 'dateTime', mutability: 'readOnly' },
        { name: 'ports', type: 'integer', multiValued: true },
        { name: 'seal', type: 'binary' },
      ],
    },
    {
      name: 'licences',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'value', mutability: 'immutable', caseExact: true },
        { name: 'note' },
        { name: 'issuer', mutability: 'immutable' },
      ],
    },
    { name: 'registeredAt', type: 'dateTime', required: true, mutability: 'readOnly' },
    {
      name: 'tokens',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'value' },
        { name: 'issuer', mutability: 'immutable' },
        { name: 'seen', mutability: 'readOnly' },
      ],
    },
    {
      name: 'grants',
      type: 'complex',
      multiValued: true,
      mutability: 'readOnly',
      subAttributes: [{ name: 'value' }, { name: 'type' }],
    },
  ],
})

const payrollSchema = defineSchema({
  id: 'urn:example:params:scim:schemas:extension:payroll:2.0:User',
  name: 'Payroll',
  attributes: [{ name: 'account', required: true }, { name: 'currency' }],
})

export const enterprise: typeof urns.enterpriseUser = urns.enterpriseUser
export const acme: string = acmeSchema.id
export const payroll: string = payrollSchema.id

export const user: ResourceDefinition = userResource
  .extend(enterpriseUser)
  .extend(defineExtension({ schema: acmeSchema, describe: () => Promise.reject(new Error('not used')) }))
  .extend(defineExtension({ schema: payrollSchema, describe: () => Promise.reject(new Error('not used')) }))

export const group: ResourceDefinition = groupResource

/** A user who has something in each kind of attribute. */
export const ada: Readonly<Record<string, unknown>> = deepFreeze({
  schemas: [urns.user, urns.enterpriseUser],
  id: 'u1',
  externalId: 'ada',
  meta: { resourceType: 'User', created: '2026-01-01T00:00:00.000Z', version: '1' },
  userName: 'ada@example.com',
  active: true,
  name: { formatted: 'Ada Lovelace', familyName: 'Lovelace', givenName: 'Ada' },
  displayName: 'Ada L',
  emails: [
    { value: 'ada@example.com', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  groups: [{ value: 'g1', display: 'Sales' }],
  [urns.enterpriseUser]: { department: 'Engines', manager: { value: 'u2', displayName: 'Charles' } },
})

/** A group of two. */
export const sales: Readonly<Record<string, unknown>> = deepFreeze({
  schemas: [urns.group],
  id: 'g1',
  meta: { resourceType: 'Group', created: '2026-01-01T00:00:00.000Z', version: '1' },
  displayName: 'Sales',
  members: [
    { value: 'u1', type: 'User', display: 'Ada' },
    { value: 'u2', type: 'User' },
  ],
})

/** Applies operations to a resource and keeps the names of the rules that were needed. */
export function patch(
  definition: ResourceDefinition,
  resource: object,
  operations: readonly unknown[],
  compatibility: ApplyPatchOptions['compatibility'] = 'lenient',
): {
  readonly resource: Readonly<Record<string, unknown>>
  readonly rules: readonly CompatibilityRule[]
  notes: Note[]
} {
  const notes: Note[] = []
  const onNote = (note: Note) => void notes.push(note)
  const given = operations as PatchOperation[] // tests send what clients send, well-formed or not
  const patched = applyPatch(definition, resource, given, { compatibility, onNote })
  return { resource: patched as Readonly<Record<string, unknown>>, rules: notes.map((note) => note.rule), notes }
}

/** The scimType of the ScimError that a call throws. */
export function refusal(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (ScimError.is(error) && error.status === 400) return error.scimType ?? 'none'
    throw error
  }
  return 'accepted'
}

/** Freezes a JSON value at every depth. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) deepFreeze(member)
  return Object.freeze(value)
}
