import { describe, expect, it } from 'vitest'
import { defineSchema } from '../schema/schema-definition.js'
import { planCleaning, planInput } from './plan-validation.js'

const primary = { name: 'primary', type: 'boolean' } as const
const lamps = {
  name: 'lamps',
  type: 'complex',
  multiValued: true,
  subAttributes: [{ name: 'value' }, primary],
} as const
const shade = { name: 'shade', type: 'complex', subAttributes: [{ name: 'colour', required: true }] } as const
const pin = { name: 'pin', mutability: 'writeOnly', returned: 'never' } as const

const base = {
  schema: defineSchema({ id: 'urn:example:Desk', name: 'Desk', attributes: [{ name: 'label' }, lamps, pin] }),
}
const urn = 'urn:example:Shop'
const part = { schema: defineSchema({ id: urn, name: 'Shop', attributes: [lamps, shade] }) }
const optional = [{ urn, required: false, part }]

describe('planInput', () => {
  /** Paths of the issues that the checks of a plan add. */
  function issuesOf(value: unknown): readonly unknown[] {
    const issues: { readonly path?: PropertyKey[] | undefined }[] = []
    for (const check of planInput(base, optional).checks) {
      if (typeof check !== 'function') throw new Error('the plan holds functions alone')
      check({ value, issues } as never) // a payload of zod, of which a check reads these two
    }
    return issues.map(({ path }) => path)
  }

  const both = [{ primary: true }, { primary: true }]

  it.each([
    { name: 'a list with one primary element', given: { lamps: [{ primary: true }, { primary: false }] }, want: [] },
    { name: 'a list with two', given: { lamps: both }, want: [['lamps']] },
    { name: 'a list with two inside an extension', given: { [urn]: { lamps: both } }, want: [[urn, 'lamps']] },
    { name: 'what is not an object', given: 'text', want: [] },
  ])('judges $name', ({ given, want }) => {
    expect(issuesOf(given)).toEqual(want)
  })

  it('completes schemas with the extensions in use, and never for a container', () => {
    const { complete } = planInput(base, optional)
    expect(complete?.({ label: 'a' })).toEqual({ label: 'a', schemas: [base.schema.id] })
    expect(complete?.({ [urn]: { lamps: [{ value: 'a' }] } })).toMatchObject({ schemas: [base.schema.id, urn] })
    expect(complete?.({ [urn]: null })).toMatchObject({ schemas: [base.schema.id] })
    expect(planInput(part).complete).toBeUndefined()
  })

  it('puts null in the place of an empty value only where emptiness matters', () => {
    expect(planInput(base).nullEmpty).toBeUndefined()
    expect(planInput(base, optional).nullEmpty).toBeUndefined()
    expect(planInput(part).nullEmpty?.({ shade: {}, lamps: [] })).toEqual({ shade: null, lamps: [] })
    expect(planInput(base, [{ urn, required: true, part }]).nullEmpty?.({ [urn]: {} })).toEqual({ [urn]: null })
  })
})

describe('planCleaning', () => {
  const clean = planCleaning(base, optional)

  it('removes what is unassigned or never returned, and fills in schemas', () => {
    expect(clean({ label: null, pin: '1', lamps: [], [urn]: {}, unknown: null })).toEqual({
      schemas: [base.schema.id],
      unknown: null,
    })
  })

  it('returns the same reference when there is nothing to change', () => {
    const response = { schemas: [base.schema.id], label: 'a' }
    expect(clean(response)).toBe(response)
    expect(clean('text')).toBe('text')
  })

  it('leaves a container without schemas', () => {
    expect(planCleaning(part)({ lamps: [] })).toEqual({})
  })
})
