import { describe, expect, it } from 'vitest'
import { describeResourceStore } from '../testing/describe-resource-store.js'
import { memoryStore } from './memory-store.js'

describeResourceStore(() => memoryStore(), { describe, it })

describe('memoryStore', () => {
  it('refuses a feed of no length', () => {
    expect(() => memoryStore({ keptChanges: 0 })).toThrow(TypeError)
  })
})
