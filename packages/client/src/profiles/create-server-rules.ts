import type { ServerProfile, ServerProfileName } from '@scimkit/core/profiles'
import type { Call } from '../transport/call.js'
import { OutOfTime, wait } from '../transport/run-within.js'
import type { ServerRules } from '../transport/server-rules.js'
import { checkCall } from './check-call.js'
import { checkFilter } from './check-filter.js'
import { createPacer, kindsOf, maxAddedMembers } from './pacer.js'
import { demandsOf } from './quotas.js'
import { nestMembers, splitMembers } from './split-members.js'

/**
 * Creates the rules that a profile's facts lead to. A fact that is `unverified` leads to none.
 *
 * @param given A profile, or the name of one that `@scimkit/core/profiles` has.
 * @returns The rules.
 */
export async function createServerRules(given: ServerProfile | ServerProfileName): Promise<ServerRules> {
  const whole = typeof given === 'string' ? await findProfile(given) : given
  const profile = withoutUnverified(whole)
  const { page, missing = [], requiredHeaders = [], maxMembersInPatch, memberAdd } = profile
  const { rates = [], quotas = [] } = profile
  const pacer = createPacer(rates)
  const maxMembers = Math.min(maxMembersInPatch ?? Infinity, maxAddedMembers(quotas))
  /** Requests that were charged to their quotas; a retry is not charged again. */
  const charged = new WeakSet<Call>()
  const refuse = (what: string): never => {
    throw new TypeError(`${profile.title} (profile ${profile.name}) ${what}`)
  }
  return {
    require(feature) {
      if (missing.includes(feature)) refuse(`has no ${feature}`)
    },
    prepare(call) {
      checkCall(profile, call, refuse)
      if (profile.filter) checkFilter(profile.filter, call, refuse)
      const nested = memberAdd === 'nested' ? nestMembers(call) : call
      return addHeaders(nested, requiredHeaders, refuse)
    },
    async pace(call) {
      const demand = { kinds: kindsOf(call), quotas: charged.has(call) ? [] : demandsOf(quotas, call) }
      const delay = pacer.take(demand, performance.now(), call.scope.remaining())
      if (delay === undefined) throw new OutOfTime()
      charged.add(call)
      if (delay > 0) await wait(delay, call.scope.signal)
    },
    slow: (call, delay) => pacer.slow(kindsOf(call), performance.now() + delay),
    clampCount: (count) => (page && count !== undefined ? Math.min(count, page.max) : count),
    split: (endpoint, operations) =>
      maxMembers < Infinity && endpoint === '/Groups' ? splitMembers(operations, maxMembers, refuse) : [operations],
  }
}

async function findProfile(name: ServerProfileName): Promise<ServerProfile> {
  const { findServerProfile } = await import('@scimkit/core/profiles')
  const profile = findServerProfile(name)
  if (!profile) throw new TypeError(`@scimkit/core/profiles has no profile ${name}`)
  return profile
}

function withoutUnverified(profile: ServerProfile): ServerProfile {
  const { evidence } = profile
  const sure = Object.entries(profile).filter(
    ([fact]) => evidence[fact as keyof typeof evidence]?.confidence !== 'unverified', // other names have no evidence
  )
  return Object.fromEntries(sure) as unknown as ServerProfile // what is left out is optional
}

/** Some platforms do not say who they are; a name that the caller gives is kept. */
function addHeaders(call: Call, required: readonly string[], refuse: (what: string) => never): Call {
  const given = new Headers({ ...call.scope.headers, ...call.headers })
  const absent = required.filter((name) => !given.has(name))
  if (absent.length === 0) return call
  for (const name of absent) if (name.toLowerCase() !== 'user-agent') refuse(`requires the header ${name}`)
  return { ...call, headers: { ...call.headers, 'user-agent': 'scimkit-client' } }
}
