import { expect, it } from 'vitest'
import * as z from 'zod'
import * as mini from 'zod/mini'
import { aroundRun } from './dialect.js'

const dialects = [
  { dialect: 'zod', string: () => z.string(), zod: z },
  { dialect: 'zod/mini', string: () => mini.string(), zod: mini },
]

it.each(dialects)('aroundRun surrounds the run of a schema of $dialect, and may replace it', ({ string, zod }) => {
  const schema = string()
  const same = aroundRun(schema, (payload, run, context) => {
    if (payload.value !== 'skip') return run({ ...payload, value: payload.value === 1 ? '1' : payload.value }, context)
    payload.value = 'skipped'
    return payload
  })
  expect(same).toBe(schema)
  expect(zod.parse(schema, 1)).toBe('1')
  expect(zod.parse(schema, 'skip')).toBe('skipped')
  expect(zod.safeParse(schema, 2).success).toBe(false)
})
