import { expect, it } from 'vitest'
import { loadOnUse } from './load-on-use.js'

it('loading on use tries again after a failure', async () => {
  let attempts = 0
  const load = async () => {
    if (++attempts < 3) throw new Error('no descriptors')
    return { double: (n: number) => n * 2 }
  }
  const double = loadOnUse(load, (module, n: number) => module.double(n))
  await expect(double(1)).rejects.toThrow('no descriptors')
  await expect(double(2)).rejects.toThrow('no descriptors')
  expect(await double(3)).toBe(6)
  expect(double(4)).toBe(8)
  expect(attempts).toBe(3)
})
