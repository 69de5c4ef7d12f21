import { describe, expect, it } from 'vitest'
import { deepFreeze } from '../../test/patch/definitions.js'
import type { MembershipStep } from './membership-step.js'
import { joinSteps } from './plan-membership.js'

describe('joinSteps', () => {
  it('leaves the given steps as they are', () => {
    const steps = deepFreeze<MembershipStep[]>([
      { kind: 'add', members: [{ value: 'u1' }] },
      { kind: 'add', members: [{ value: 'u2' }, { value: 'u1', display: 'x' }] },
      { kind: 'remove', ids: ['u3'] },
      { kind: 'remove', ids: ['u4', 'u3'] },
      { kind: 'replace', members: [{ value: 'u5' }, { value: 'u5' }] },
      { kind: 'removeAll' },
    ])
    expect(joinSteps(steps)).toEqual([
      { kind: 'add', members: [{ value: 'u1' }, { value: 'u2' }] },
      { kind: 'remove', ids: ['u3', 'u4'] },
      { kind: 'replace', members: [{ value: 'u5' }] },
      { kind: 'removeAll' },
    ])
  })
})
