import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineSchema } from '../schema/schema-definition.js'
import type { ValidationPart } from './validation-part.js'
import { buildExtensionSchemas, buildResourceSchemas, defineValidation } from './zod.js'

const desk = defineSchema({ id: 'urn:example:Desk', name: 'Desk', attributes: [{ name: 'label' }] })
const shop = defineSchema({ id: 'urn:example:Shop', name: 'Shop', attributes: [{ name: 'floor' }] })

function createParts() {
  let built = 0
  const shapeOf = (name: string) => () => {
    built++
    return { input: { [name]: z.nullish(z.string()) }, output: { [name]: z.optional(z.string()) } }
  }
  return {
    base: defineValidation(desk, shapeOf('label')),
    extension: defineValidation(shop, shapeOf('floor')),
    count: () => built,
  }
}

describe('createPart', () => {
  it('builds shapes on first use, and once', () => {
    const { base, count } = createParts()
    const { create } = { create: () => base.compose([]).create }
    expect(count()).toBe(0)
    expect(create()).toBe(create())
    expect(base.compose([]).replace).toBe(create())
    expect(count()).toBe(1)
  })

  it('refuses an extension whose validators are not made with zod, and says the way out', () => {
    const { base } = createParts()
    const part: ValidationPart = { compose: () => base.compose([]) }
    expect(() => base.compose([{ urn: shop.id, required: false, part }])).toThrow(
      'The validators of urn:example:Shop are not made with zod; make them with defineValidation',
    )
  })
})

describe('composeSchemas', () => {
  const { base, extension } = createParts()
  const composed = (required: boolean) => base.compose([{ urn: shop.id, required, part: extension }])

  it.each([
    { name: 'leaves out an optional extension', required: false, given: {}, want: true },
    { name: 'unassigns an optional extension by null', required: false, given: { [shop.id]: null }, want: true },
    { name: 'leaves out a required extension', required: true, given: {}, want: false },
    { name: 'gives a required extension', required: true, given: { [shop.id]: { floor: '1' } }, want: true },
    { name: 'gives an extension that is not an object', required: false, given: { [shop.id]: 1 }, want: false },
  ])('judges a body that $name', ({ required, given, want }) => {
    expect(z.safeParse(composed(required).create, given).success).toBe(want)
  })

  it('drops what a body must not have, and keeps what a response has beyond the schema', () => {
    const given = { label: 'a', unknown: 1 }
    expect(z.parse(composed(false).create, given)).toEqual({ label: 'a', schemas: [desk.id] })
    expect(z.parse(composed(false).resource, given)).toEqual({ label: 'a', unknown: 1, schemas: [desk.id] })
  })

  it('does not concern itself with schemas in the container of an extension', () => {
    expect(z.parse(buildExtensionSchemas(extension).create as z.ZodType, { floor: '1' })).toEqual({ floor: '1' })
    expect(z.parse(buildResourceSchemas(base).create as z.ZodType, {})).toEqual({ schemas: [desk.id] })
  })
})
