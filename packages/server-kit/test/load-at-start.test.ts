import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { loadOnUse } from '../src/load-on-use.js'

const source = fileURLToPath(new URL('../src', import.meta.url))

it('everything that requests load on use begins to load with the handler', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!test)\.ts$/.test(file))
  const loaded = (file: string) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/\bimport\('.*?([\w-]+\.js)'\)/g)].map(([, name]) => name)
  const onUse = files.filter((file) => file !== 'load-at-start.ts').flatMap(loaded)
  expect(onUse.splice(onUse.indexOf('load-at-start.js'), 1)).toEqual(['load-at-start.js'])
  expect(onUse.length).toBeGreaterThan(15)
  expect([...new Set(loaded('load-at-start.ts'))].sort()).toEqual([...new Set(onUse)].sort())
})

it('loading on use tries again after a failure', async () => {
  let tries = 0
  const load = async () => {
    if (++tries < 3) throw new Error('no descriptors')
    return { double: (n: number) => n * 2 }
  }
  const double = loadOnUse(load, (module, n: number) => module.double(n))
  await expect(double(1)).rejects.toThrow('no descriptors')
  await expect(double(2)).rejects.toThrow('no descriptors')
  expect(await double(3)).toBe(6)
  expect(double(4)).toBe(8)
  expect(tries).toBe(3)
})
