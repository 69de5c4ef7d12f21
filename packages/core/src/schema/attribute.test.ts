import { describe, expect, it } from 'vitest'
import { type AttributeType, defineAttribute } from './attribute.js'

const want: Readonly<Record<AttributeType, boolean>> = {
  string: true,
  integer: true,
  decimal: true,
  binary: true,
  reference: true,
  any: true,
  boolean: false,
  dateTime: false,
  complex: false,
}

describe('defineAttribute', () => {
  it.each(Object.entries(want))('lets values of the type %s be unique: %s', (type, isUnique) => {
    const name = 'primary'
    const attribute = defineAttribute({ name, type: type as AttributeType, uniqueness: 'server' }) // a key of the table
    expect(attribute.uniqueness).toBe(isUnique ? 'server' : 'none')
  })
})
