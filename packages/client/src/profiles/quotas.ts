import { isObject } from '@scimkit/core/internal'
import type { Quota } from '@scimkit/core/profiles'
import type { PatchOperation } from '@scimkit/core/schema'
import type { Call } from '../transport/call.js'
import { createQuotaWindow, type QuotaWindow } from './quota-window.js'
import { countMembers } from './split-members.js'

/** How much of a quota a request uses. */
export interface QuotaDemand {
  readonly quota: Quota
  /** What the quota is counted for: a group, or everything. */
  readonly key: string
  readonly units: number
}

/** The windows of a server's quotas, each made when it is first asked for. */
export interface QuotaWindows {
  windowOf(demand: QuotaDemand, now: number): QuotaWindow
}

/** Number of windows from which empty ones are forgotten. */
const forgetFrom = 1_000

/** @returns Windows in which nothing is taken. */
export function createQuotaWindows(): QuotaWindows {
  const windows = new Map<string, QuotaWindow>()
  const forget = (now: number): void => {
    for (const [name, window] of windows) if (window.isEmpty(now)) windows.delete(name)
  }
  return {
    windowOf({ quota, key }, now) {
      const name = `${quota.of} ${key}`
      const known = windows.get(name)
      if (known) return known
      if (windows.size >= forgetFrom) forget(now)
      const window = createQuotaWindow(quota.count, quota.seconds)
      windows.set(name, window)
      return window
    },
  }
}

/**
 * Finds how much of a server's quotas a request uses. What a PUT adds to a group cannot be seen from it.
 *
 * @param quotas Quotas of the server.
 * @param call The request.
 * @returns What it uses; quotas that it does not touch are left out.
 */
export function demandsOf(quotas: readonly Quota[], call: Call): QuotaDemand[] {
  const demands = quotas.map((quota) => demandOf(quota, call))
  return demands.filter(({ units }) => units > 0)
}

function demandOf(quota: Quota, { method, path, body }: Call): QuotaDemand {
  const [key = ''] = path.split('?')
  switch (quota.of) {
    case 'usersAssigned':
      return { quota, key: '', units: method === 'POST' && key === '/Users' ? 1 : 0 }
    case 'usersAddedToOneGroup': {
      const patched = method === 'PATCH' && key.startsWith('/Groups/') && isObject(body)
      return { quota, key, units: patched ? countAdded(body.Operations) : 0 }
    }
  }
}

function countAdded(operations: unknown): number {
  const given = Array.isArray(operations) ? (operations as readonly PatchOperation[]) : [] // as the client wrote them
  return countMembers(given.filter(({ op }) => op !== 'remove'))
}
