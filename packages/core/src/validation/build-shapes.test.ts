import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import * as mini from 'zod/mini'
import { defineSchema } from '../schema/schema-definition.js'
import { extensionValidation, resourceValidation } from './zod.js'
import { extensionValidation as miniExtension, resourceValidation as miniResource } from './zod-mini.js'

const schema = defineSchema({
  id: 'urn:example:Desk',
  name: 'Desk',
  attributes: [
    { name: 'label', required: true },
    { name: 'serial', mutability: 'readOnly' },
    { name: 'pin', mutability: 'writeOnly', returned: 'never' },
    { name: 'tags', multiValued: true, required: true },
    { name: 'size', type: 'complex', subAttributes: [{ name: 'width', type: 'integer' }] },
  ],
})

const dialects = [
  {
    dialect: 'zod',
    resource: resourceValidation(schema).shapes,
    extension: extensionValidation(schema).shapes,
    zod: z,
  },
  { dialect: 'zod/mini', resource: miniResource(schema).shapes, extension: miniExtension(schema).shapes, zod: mini },
] as const

describe.each(dialects)('shapes of $dialect', ({ resource, extension, zod }) => {
  const judge = (shape: typeof extension.input, given: unknown) =>
    zod.safeParse(zod.object(shape), given).error?.issues.map(({ path }) => path.join('.')) ?? []

  it('have what may be written, and what may be returned', () => {
    expect(Object.keys(extension.input)).toEqual(['label', 'pin', 'tags', 'size'])
    expect(Object.keys(extension.output)).toEqual(['label', 'serial', 'tags', 'size'])
  })

  it('have the common attributes for a resource alone', () => {
    expect(Object.keys(resource.output)).toEqual(expect.arrayContaining(['schemas', 'id', 'meta']))
    expect(extension.output).not.toHaveProperty('schemas')
    expect(judge(resource.input, { label: 'a', tags: ['b'] })).toEqual([])
  })

  it.each([
    { name: 'a sound body', use: 'input', given: { label: 'a', tags: ['b'], size: { width: 1 } }, want: [] },
    {
      name: 'null in a body as the wish to unassign',
      use: 'input',
      given: { label: 'a', tags: ['b'], size: null },
      want: [],
    },
    { name: 'null in a response', use: 'output', given: { label: 'a', tags: ['b'], size: null }, want: ['size'] },
    { name: 'an empty required list in a body', use: 'input', given: { label: 'a', tags: [] }, want: ['tags'] },
    { name: 'an empty required list in a response', use: 'output', given: { label: 'a', tags: [] }, want: [] },
    { name: 'an empty required string in a body', use: 'input', given: { label: '', tags: ['b'] }, want: ['label'] },
    {
      name: 'a wrong type, by its path',
      use: 'input',
      given: { label: 'a', tags: [1], size: { width: 'x' } },
      want: ['tags.0', 'size.width'],
    },
  ] as const)('judge $name', ({ use, given, want }) => {
    expect(judge(extension[use], given)).toEqual(want)
  })
})
