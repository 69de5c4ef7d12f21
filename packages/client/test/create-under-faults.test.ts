import { expect, test } from 'vitest'
import { createUnderFaults } from './create-under-faults.js'

test('5,000 creates with one response in ten spoilt: none lost, none twice, no request too many', async () => {
  const { lost, twice, rejected, requests, needed, faults } = await createUnderFaults(5_000, 1, 0.1)
  expect({ lost, twice, rejected }).toEqual({ lost: 0, twice: 0, rejected: 0 })
  expect(requests).toBe(needed)
  expect(Object.keys(faults).sort()).toEqual(['429', '503 after', '503 before', 'reset after', 'reset before'])
})
