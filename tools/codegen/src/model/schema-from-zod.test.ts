import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { schemaFromZod } from './schema-from-zod.js'

const id = 'urn:example:params:scim:schemas:extension:desk:2.0:User'

describe('schemaFromZod', () => {
  it('turns every kind of attribute into its SCIM form', () => {
    const desk = z
      .object({
        number: z.int().meta({ description: 'Number on the desk.', uniqueness: 'server' }),
        height: z.number().optional(),
        since: z.iso.datetime().nullable().optional(),
        key: z.base64().optional().meta({ returned: 'request' }),
        plan: z
          .url()
          .meta({ referenceTypes: ['external'] })
          .optional(),
        kind: z.enum(['standing', 'sitting']).optional(),
        size: z.union([z.enum(['small']), z.string()]).optional(),
        tags: z.array(z.string().meta({ caseExact: true })).optional(),
        free: z.boolean().readonly().optional(),
        pin: z.string().meta({ mutability: 'writeOnly', returned: 'never' }).optional(),
        screens: z.array(z.object({ value: z.string(), primary: z.boolean().optional() })).optional(),
      })
      .meta({ id, title: 'Desk', description: 'Where somebody sits.' })
    expect(schemaFromZod(desk)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id,
      name: 'Desk',
      description: 'Where somebody sits.',
      attributes: [
        {
          name: 'number',
          type: 'integer',
          multiValued: false,
          description: 'Number on the desk.',
          required: true,
          uniqueness: 'server',
        },
        { name: 'height', type: 'decimal', multiValued: false, required: false },
        { name: 'since', type: 'dateTime', multiValued: false, required: false },
        { name: 'key', type: 'binary', multiValued: false, required: false, returned: 'request' },
        { name: 'plan', type: 'reference', multiValued: false, required: false, referenceTypes: ['external'] },
        { name: 'kind', type: 'string', multiValued: false, required: false, canonicalValues: ['standing', 'sitting'] },
        { name: 'size', type: 'string', multiValued: false, required: false, canonicalValues: ['small'] },
        { name: 'tags', type: 'string', multiValued: true, required: false, caseExact: true },
        { name: 'free', type: 'boolean', multiValued: false, required: false, mutability: 'readOnly' },
        {
          name: 'pin',
          type: 'string',
          multiValued: false,
          required: false,
          mutability: 'writeOnly',
          returned: 'never',
        },
        {
          name: 'screens',
          type: 'complex',
          multiValued: true,
          required: false,
          subAttributes: [
            { name: 'value', type: 'string', multiValued: false, required: true },
            { name: 'primary', type: 'boolean', multiValued: false, required: false },
          ],
        },
      ],
    })
  })

  const faults = [
    { name: 'no object', schema: z.string(), want: /not a z\.object\(\)/ },
    { name: 'no URN', schema: z.object({ a: z.string() }), want: /add \.meta/ },
    {
      name: 'a date',
      schema: z.object({ born: z.date() }).meta({ id }),
      want: /^born: this zod type has no form in SCIM/,
    },
    {
      name: 'a mixed union',
      schema: z.object({ a: z.union([z.string(), z.int()]) }).meta({ id }),
      want: /^a: this zod type/,
    },
    {
      name: 'depth',
      schema: z.object({ a: z.object({ b: z.object({ c: z.string() }) }) }).meta({ id }),
      want: /a\.b: a complex attribute is within/,
    },
    {
      name: 'a wrong characteristic',
      schema: z.object({ a: z.string().meta({ mutability: 'readonly' }) }).meta({ id }),
      want: /^a: mutability/,
    },
    {
      name: 'a hostile name',
      schema: z.object({ 'a"]; x //': z.string() }).meta({ id }),
      want: /is not an attribute name/,
    },
  ]
  it.each(faults)('names the attribute at fault: $name', ({ schema, want }) => {
    expect(() => schemaFromZod(schema)).toThrow(want)
  })
})
