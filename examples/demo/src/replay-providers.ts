import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { readSamples, replayConversation } from '@scimkit/conformance'
import type { Narrator } from './narrator.js'

/** Conversations of `schemas/samples` that the demo replays. */
export const profiles = [
  'entra-legacy',
  'entra-062020',
  'okta-oin',
  'okta-aiw',
  'onelogin',
  'jumpcloud',
  'ping',
  'google',
  'sailpoint',
] as const

/**
 * Replays what identity providers send, each in a tenant of its own, and compares every response.
 *
 * @param demo Tells each step.
 * @param baseUrl URL of the service root.
 * @param tokenOf Token of a profile's tenant.
 * @returns Number of requests that were answered as expected.
 */
export async function replayProviders(
  demo: Narrator,
  baseUrl: string,
  tokenOf: (profile: string) => string,
): Promise<number> {
  demo.section(
    'What identity providers really send',
    'Microsoft Entra ID writes "Replace" and "False", Okta repeats ids, OneLogin sends an object for a list. Their ' +
      'recorded conversations are replayed over HTTP, each in a tenant of its own, and every answer is compared.',
  )
  const samples = await readSamples(fileURLToPath(new URL('../../../schemas/samples', import.meta.url)))
  let requests = 0
  for (const profile of profiles) {
    const conversation = samples.conversations.find(({ id }) => id === `conversation-${profile}`)
    assert.ok(conversation, `schemas/samples has no conversation ${profile}`)
    await demo.step(conversation.title, async () => {
      const target = { baseUrl, token: tokenOf(profile), fetch }
      const report = await replayConversation(conversation, samples.exchanges, target)
      assert.deepEqual(report.faults, [])
      requests += report.steps.length
      const { length } = conversation.rules
      const readings = length > 0 ? `, ${length} ${length === 1 ? 'reading' : 'readings'} beyond the RFC's letter` : ''
      return `${report.steps.length} requests answered as expected${readings}`
    })
  }
  return requests
}
