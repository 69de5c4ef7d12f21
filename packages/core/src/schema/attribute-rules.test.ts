import { describe, expect, it } from 'vitest'
import { attributesOf, isPartOf, isRequiredIn } from '../documents.js'
import { type AttributeDeclaration, defineAttribute } from './attribute.js'

const rules: readonly { given: Omit<AttributeDeclaration, 'name'>; output: boolean; input: boolean }[] = [
  { given: {}, output: true, input: true },
  { given: { mutability: 'readOnly' }, output: true, input: false },
  { given: { mutability: 'immutable' }, output: true, input: true },
  { given: { mutability: 'writeOnly', returned: 'never' }, output: false, input: true },
  { given: { returned: 'never' }, output: false, input: true },
  { given: { returned: 'request' }, output: true, input: true },
  { given: { type: 'complex', subAttributes: [{ name: 'b', mutability: 'readOnly' }] }, output: true, input: false },
  { given: { type: 'complex', subAttributes: [{ name: 'b', returned: 'never' }] }, output: false, input: true },
]

describe('isPartOf', () => {
  for (const { given, output, input } of rules) {
    it(`puts ${JSON.stringify(given)} into ${output ? 'output' : 'no output'} and ${input ? 'input' : 'no input'}`, () => {
      const attribute = defineAttribute({ name: 'a', ...given })
      expect([isPartOf(attribute, 'output'), isPartOf(attribute, 'input')]).toEqual([output, input])
    })
  }
})

describe('isRequiredIn', () => {
  it('demands of an answer only what it carries unasked', () => {
    const onRequest = defineAttribute({ name: 'a', required: true, returned: 'request' })
    expect([isRequiredIn(onRequest, 'output'), isRequiredIn(onRequest, 'input')]).toEqual([false, true])
  })
})

describe('attributesOf', () => {
  it('keeps the order of the schema', () => {
    const attributes = [{ name: 'c' }, { name: 'a', mutability: 'readOnly' as const }, { name: 'b' }].map(
      defineAttribute,
    )
    expect(attributesOf(attributes, 'input').map(({ name }) => name)).toEqual(['c', 'b'])
  })
})
