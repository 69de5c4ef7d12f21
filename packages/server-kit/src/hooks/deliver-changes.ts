import type { OutboxOutcome } from '../change-outbox.js'
import type { Service } from '../service.js'
import { type MadeChange, resourcesOf } from './scim-change.js'

/**
 * Tells after-hooks about changes, one after the other. One that fails holds up those behind it that concern the same
 * resource, and no others.
 *
 * @param service Service provider; its `onError` is told about failures.
 * @param changes Changes that belong to this process, in their order.
 * @param until Milliseconds since 1970 until which they do.
 * @returns Ids of what was delivered, and of what was not.
 */
export async function deliverChanges(
  service: Service,
  changes: readonly MadeChange[],
  until: number,
): Promise<OutboxOutcome> {
  const delivered: string[] = []
  const released: string[] = []
  const held = new Set<string>()
  for (const change of changes) {
    const resources = resourcesOf(change)
    const isHeld = Date.now() >= until || resources.some((id) => held.has(id))
    if (!isHeld && (await tellHook(service, change))) {
      delivered.push(change.changeId)
      continue
    }
    released.push(change.changeId)
    for (const id of resources) held.add(id)
  }
  return { delivered, released }
}

/** A kind without a hook was wanted when it was kept and is not any more. */
async function tellHook(service: Service, change: MadeChange): Promise<boolean> {
  try {
    await service.hooks?.after[change.kind]?.(change as never) // a hook has the type of its kind
    return true
  } catch (error) {
    reportFailure(service, error, change)
    return false
  }
}

function reportFailure(service: Service, error: unknown, change: MadeChange): void {
  const { requestId, method, principal, changeId, kind } = change
  try {
    service.onError(error, { requestId, method, principal, change: { changeId, kind } })
  } catch {
    // A reporter that fails must not take the answer with it.
  }
}
