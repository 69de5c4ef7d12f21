import { checkNames } from '../check-names.js'
import type { ScimHooks } from './handler-options.js'
import type { Mount } from './mount.js'
import { type AfterHooks, type BeforeHooks, changeKinds } from './scim-change.js'
import type { WriteHooks } from './service.js'

/** Kinds that take access away, and of these the ones that are required unless the application says otherwise. */
const requirable = new Set<string>(['deactivate', 'deprovision', 'leave'])
const requiredByDefault = ['deactivate', 'deprovision'] as const

/**
 * Checks the hooks of a service provider.
 *
 * @param hooks Option as given.
 * @param mounts Resource types and their stores.
 * @returns The hooks; `undefined` when writes need not look for any.
 * @throws {TypeError} For a kind of change that does not exist, a hook that is not a function, and after-hooks over a store
 * that could lose a change.
 */
export function resolveHooks(hooks: ScimHooks | undefined, mounts: readonly Mount[]): WriteHooks | undefined {
  const { before = {}, after = {}, hashPassword, required = requiredByDefault } = hooks ?? {}
  checkHooks(hooks ?? {})
  checkKinds('before', before)
  checkKinds('after', after)
  checkRequired(required)
  if (isEmpty(before) && isEmpty(after) && !hashPassword) return undefined
  const forgetful = mounts.find(({ store }) => !store.outbox || !store.transaction)
  if (!isEmpty(after) && forgetful) {
    throw new TypeError(
      `createScimHandler: hooks.after needs stores that keep changes until they are delivered; the store of ${forgetful.definition.name} has no outbox with transaction`,
    )
  }
  return { before, after, hashPassword, required: new Set(required.filter((kind) => after[kind])) }
}

const hookNames: Readonly<Record<keyof ScimHooks, 'object' | 'function'>> = {
  before: 'object',
  after: 'object',
  required: 'object',
  hashPassword: 'function',
  setPassword: 'function',
  removePassword: 'function',
}

function checkHooks(hooks: ScimHooks): void {
  checkNames('createScimHandler: hooks.', hooks, Object.keys(hookNames))
  for (const name of Object.keys(hookNames) as (keyof ScimHooks)[]) {
    // the keys of the table above
    const hook: unknown = hooks[name]
    if (hook === undefined || hookNames[name] === 'object' || typeof hook === 'function') continue
    throw new TypeError(`createScimHandler: hooks.${name} must be a function`)
  }
}

function checkKinds(name: 'before' | 'after', hooks: BeforeHooks | AfterHooks): void {
  checkNames(`createScimHandler: hooks.${name}.`, hooks, [...changeKinds])
  for (const [kind, hook] of Object.entries(hooks)) {
    if (hook !== undefined && typeof hook !== 'function') {
      throw new TypeError(`createScimHandler: hooks.${name}.${kind} must be a function`)
    }
  }
}

function checkRequired(required: readonly string[]): void {
  if (Array.isArray(required) && required.every((kind) => requirable.has(kind))) return
  throw new TypeError(`createScimHandler: hooks.required must list kinds among ${[...requirable].join(', ')}`)
}

function isEmpty(hooks: BeforeHooks | AfterHooks): boolean {
  return Object.values(hooks).every((hook) => hook === undefined)
}
