import { describe, expect, it } from 'vitest'
import { type ReplayOptions, replaySample } from '../src/index.js'
import { createProvider, type ProviderOptions, type StoreKind, storeKinds } from './create-provider.js'
import { bodyCases } from './protocol/body-cases.js'
import type { ProtocolCase } from './protocol/cases.js'
import { endpointCases } from './protocol/endpoint-cases.js'
import { filterCases } from './protocol/filter-cases.js'
import { listCases } from './protocol/list-cases.js'
import { patchCases } from './protocol/patch-cases.js'
import { replaceCases } from './protocol/replace-cases.js'

const cases = [...endpointCases, ...bodyCases, ...listCases, ...filterCases, ...replaceCases, ...patchCases]

describe.each(storeKinds)('on the %s store', (kind) => {
  it.each(cases)('$id: $title', async (protocolCase) => {
    expect(await faultsOf(protocolCase, kind)).toEqual({ faults: [], errors: [] })
  })

  it.each(cases)('$id in strict mode: $title', async (protocolCase) => {
    const outcome = protocolCase.strict
    expect(await faultsOf(protocolCase, kind, { compatibility: 'strict' }, { outcome })).toEqual({
      faults: [],
      errors: [],
    })
  })
})

async function faultsOf(given: ProtocolCase, kind: StoreKind, options?: ProviderOptions, replay?: ReplayOptions) {
  const provider = await createProvider(kind, options)
  try {
    const sample = { ...given, provider: 'rfc', source: given.id, confidence: 'A' as const }
    const { faults } = await replaySample(sample, provider.target, replay)
    return { faults, errors: provider.errors }
  } finally {
    await provider.close()
  }
}
