import type { ServerProfile } from '@scimkit/core/profiles'
import type { PatchOperation } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { type Call, createScope } from '../transport/call.js'
import { createServerRules } from './create-server-rules.js'

const scope = createScope({}, { timeout: 1, budget: 1 })
const call: Call = { method: 'GET', path: '/Users', scope }
const rulesOf = (facts: Partial<ServerProfile>) =>
  createServerRules({ name: 'acme', title: 'Acme', evidence: {}, ...facts } as ServerProfile) // a profile may have no facts
const add = (count: number): PatchOperation[] => [
  { op: 'add', path: 'members', value: Array.from({ length: count }, (_, at) => ({ value: `${at}` })) },
]

describe('the rules of a server', () => {
  test('refuse a feature that it lacks, by the name of the profile', async () => {
    const rules = await rulesOf({ missing: ['bulk'] })
    expect(() => rules.require('bulk')).toThrow(new TypeError('Acme (profile acme) has no bulk'))
    expect(() => rules.require('me')).not.toThrow()
  })

  test('reduce a page to the largest one, and ask for none where none was asked for', async () => {
    const rules = await rulesOf({ page: { max: 50, default: 20 } as ServerProfile['page'] })
    expect([rules.clampCount(100), rules.clampCount(7), rules.clampCount(undefined)]).toEqual([50, 7, undefined])
    expect((await rulesOf({})).clampCount(100)).toBe(100)
  })

  test('cut a PATCH of a group alone', async () => {
    const rules = await rulesOf({ maxMembersInPatch: 2 })
    expect(rules.split('/Groups', add(5))).toHaveLength(3)
    expect(rules.split('/Users', add(5))).toEqual([add(5)])
    expect((await rulesOf({})).split('/Groups', add(5))).toEqual([add(5)])
  })

  test('add the User-Agent that it requires, unless the caller gives one', async () => {
    const rules = await rulesOf({ requiredHeaders: ['User-Agent'] })
    expect(rules.prepare(call).headers).toEqual({ 'user-agent': 'scimkit-client' })
    const own = { ...call, headers: { 'USER-AGENT': 'acme' } }
    expect(rules.prepare(own)).toBe(own)
    expect((await rulesOf({})).prepare(call)).toBe(call)
  })

  test('refuse a request without another header that it requires', async () => {
    const rules = await rulesOf({ requiredHeaders: ['X-Tenant'] })
    expect(() => rules.prepare(call)).toThrow('Acme (profile acme) requires the header X-Tenant')
    expect(() => rules.prepare({ ...call, headers: { 'x-tenant': '1' } })).not.toThrow()
  })

  test('leave out what is unverified', async () => {
    const evidence = { missing: { confidence: 'unverified' } } as unknown as ServerProfile['evidence'] // as much as is read
    const rules = await rulesOf({ missing: ['bulk'], evidence })
    expect(() => rules.require('bulk')).not.toThrow()
  })

  test('come from a known profile by its name', async () => {
    await expect(createServerRules('acme' as never)).rejects.toThrow('@scimkit/core/profiles has no profile acme')
    expect(await createServerRules('aws')).toHaveProperty('prepare')
  })
})
