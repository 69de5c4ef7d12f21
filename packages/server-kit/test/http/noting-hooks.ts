import type { BeforeHooks, MadeChange, ScimChange, ScimChanges } from '../../src/index.js'
import { type Host, type HostOptions, patchOp, type StartHost } from './host.js'

/** Every kind of change. */
export const kinds: readonly (keyof ScimChanges)[] = [
  'provision',
  'update',
  'activate',
  'deactivate',
  'deprovision',
  'join',
  'leave',
]

/** Hooks of every kind that are one function. */
export function eachKind<C extends ScimChange>(hook: (change: C) => void | Promise<void>): BeforeHooks {
  return Object.fromEntries(kinds.map((kind) => [kind, hook]))
}

/** A change in short: its kind, and for members who joined or left what. */
export function brief(change: ScimChange): string {
  switch (change.kind) {
    case 'join':
    case 'leave':
      return `${change.kind} ${change.member.value}`
    case 'update':
      return `update ${change.changed.join(' ')}`
    default:
      return change.kind
  }
}

/** Starts a service provider that notes what its hooks are told. */
export async function startNoting(
  start: StartHost,
  options: HostOptions = {},
): Promise<{ host: Host; before: string[]; after: MadeChange[] }> {
  const before: string[] = []
  const after: MadeChange[] = []
  const host = await start({
    ...options,
    hooks: {
      before: eachKind((change) => void before.push(brief(change))),
      after: eachKind<MadeChange>((change) => void after.push(change)),
    },
  })
  return { host, before, after }
}

/** Sends a PATCH. @returns Its status. */
export async function patch(host: Host, path: string, ...operations: readonly object[]): Promise<number> {
  return (await host.send('PATCH', path, { body: patchOp(...operations) })).status
}
