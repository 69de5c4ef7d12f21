import { fileURLToPath } from 'node:url'
import type { Compatibility, CompatibilityRule } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import {
  type ConversationSample,
  type ExchangeSample,
  type Outcome,
  readSamples,
  replayConversation,
  replaySample,
} from '../src/index.js'
import { createProvider, type StoreKind, storeKinds } from './create-provider.js'

const samples = await readSamples(fileURLToPath(new URL('../../../schemas/samples', import.meta.url)))
const needing = samples.exchanges.flatMap(
  (sample) =>
    Object.entries(sample.rules ?? {}).map(([rule, outcome]) => ({ sample, rule: rule as CompatibilityRule, outcome })), // sample.schema.json lists the rules
)

describe.each(storeKinds)('on the %s store', (kind) => {
  it.each(samples.exchanges)('$id is answered in lenient mode: $title', async (sample) => {
    const { faults, notes, errors } = await replay(kind, sample)
    expect({ faults, errors }).toEqual({ faults: [], errors: [] })
    expect(notes).toEqual(expect.arrayContaining(Object.keys(sample.rules ?? {})))
  })

  it.each(samples.conversations)('$id: $title', async (conversation) => {
    const { faults, notes, errors } = await replayWhole(kind, conversation)
    expect({ faults, errors }).toEqual({ faults: [], errors: [] })
    expect([...notes].sort()).toEqual([...conversation.rules].sort())
  })

  it.each(samples.exchanges)('$id is answered in strict mode', async (sample) => {
    const { faults, notes, errors } = await replay(kind, sample, 'strict', sample.strict)
    expect({ faults, errors, notes }).toEqual({ faults: [], errors: [], notes: [] })
  })
})

describe('without the rule', () => {
  it.each(needing)('$rule, $sample.id ends as it says', async ({ sample, rule, outcome }) => {
    const { faults, errors } = await replay('memory', sample, { base: 'lenient', rules: { [rule]: false } }, outcome)
    expect({ faults, errors }).toEqual({ faults: [], errors: [] })
  })

  it.each(needing)('$rule, $sample.id is not answered as it should be', async ({ sample, rule }) => {
    const { faults } = await replay('memory', sample, { base: 'lenient', rules: { [rule]: false } })
    expect(faults).not.toEqual([])
  })
})

async function replay(kind: StoreKind, sample: ExchangeSample, compatibility?: Compatibility, outcome?: Outcome) {
  const provider = await createProvider(kind, compatibility)
  try {
    const { faults } = await replaySample(sample, provider.target, { outcome })
    return { faults, errors: provider.errors, notes: rulesOf(provider.notes) }
  } finally {
    await provider.close()
  }
}

async function replayWhole(kind: StoreKind, conversation: ConversationSample) {
  const provider = await createProvider(kind)
  try {
    const { faults } = await replayConversation(conversation, samples.exchanges, provider.target)
    return { faults, errors: provider.errors, notes: rulesOf(provider.notes) }
  } finally {
    await provider.close()
  }
}

function rulesOf(notes: readonly { rule: string }[]): string[] {
  return [...new Set(notes.map((note) => note.rule))]
}
