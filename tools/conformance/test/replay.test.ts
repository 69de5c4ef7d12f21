import { fileURLToPath } from 'node:url'
import type { CompatibilityRule } from '@scimkit/core'
import { compatibilityRules } from '@scimkit/core/internal'
import { describe, expect, it } from 'vitest'
import {
  type ConversationSample,
  type ExchangeSample,
  type Outcome,
  type ReplayReport,
  readSamples,
  replayConversation,
  replaySample,
} from '../src/index.js'
import {
  createProvider,
  type Provider,
  type ProviderOptions,
  type StoreKind,
  storeKinds,
  transports,
} from './create-provider.js'

const samples = await readSamples(fileURLToPath(new URL('../../../schemas/samples', import.meta.url)))
const needing = samples.exchanges.flatMap(
  (sample) =>
    Object.entries(sample.rules ?? {}).map(([rule, outcome]) => ({ sample, rule: rule as CompatibilityRule, outcome })), // sample.schema.json lists the rules
)

const ways = storeKinds.flatMap((kind) => transports.map((transport) => ({ kind, transport })))

describe.each(ways)('on the $kind store, $transport', ({ kind, transport }) => {
  it.each(samples.exchanges)('$id is answered in lenient mode: $title', async (sample) => {
    const { faults, notes, errors } = await replay(sample, { kind, transport })
    expect({ faults, errors }).toEqual({ faults: [], errors: [] })
    expect(notes).toEqual(expect.arrayContaining(Object.keys(sample.rules ?? {})))
  })

  it.each(samples.conversations)('$id: $title', async (conversation) => {
    const { faults, notes, errors } = await replayWhole(conversation, { kind, transport })
    expect({ faults, errors }).toEqual({ faults: [], errors: [] })
    expect([...notes].sort()).toEqual([...conversation.rules].sort())
  })
})

describe.each(storeKinds)('on the %s store', (kind) => {
  it.each(samples.exchanges)('$id is answered in strict mode', async (sample) => {
    const { faults, notes, errors } = await replay(sample, { kind, compatibility: 'strict' }, sample.strict)
    expect({ faults, errors, notes }).toEqual({ faults: [], errors: [], notes: [] })
  })

  it.each(samples.exchanges)('$id is answered in interop mode', async (sample) => {
    const outcome = sample.interop ?? sample.strict
    const { faults, notes, errors } = await replay(sample, { kind, compatibility: 'interop' }, outcome)
    const needed = notes.filter((rule) => !compatibilityRules[rule].includes('interop'))
    expect({ faults, errors, needed }).toEqual({ faults: [], errors: [], needed: [] })
  })
})

describe('without the rule', () => {
  it.each(needing)('$rule, $sample.id ends as it says', async ({ sample, rule, outcome }) => {
    const { faults, errors } = await replay(sample, without(rule), outcome)
    expect({ faults, errors }).toEqual({ faults: [], errors: [] })
  })

  it.each(needing)('$rule, $sample.id is not answered as it should be', async ({ sample, rule }) => {
    const { faults } = await replay(sample, without(rule))
    expect(faults).not.toEqual([])
  })
})

type Way = ProviderOptions & { readonly kind: StoreKind }

async function replay(sample: ExchangeSample, way: Way, outcome?: Outcome) {
  return onProvider(way, ({ target }) => replaySample(sample, target, { outcome }))
}

async function replayWhole(conversation: ConversationSample, way: Way) {
  return onProvider(way, ({ target }) => replayConversation(conversation, samples.exchanges, target))
}

async function onProvider({ kind, ...options }: Way, work: (provider: Provider) => Promise<ReplayReport>) {
  const provider = await createProvider(kind, options)
  try {
    const { faults } = await work(provider)
    return { faults, errors: provider.errors, notes: [...new Set(provider.notes.map((note) => note.rule))] }
  } finally {
    await provider.close()
  }
}

function without(rule: CompatibilityRule): Way {
  return { kind: 'memory', compatibility: { base: 'lenient', rules: { [rule]: false } } }
}
