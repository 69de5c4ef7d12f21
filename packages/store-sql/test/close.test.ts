import { expect, it } from 'vitest'
import { openSqlite } from '../src/index.js'
import { drivers, runOn } from './on-both-drivers.js'
import { testFolder } from './test-store.js'

it.each(drivers)(
  'close() of %s leaves one whole file behind, which may be copied, and no descriptor',
  (driver) => {
    const folder = testFolder()
    const report = runOn(driver, 'close-and-copy.ts', folder)
    if (!report) return
    expect(report).toEqual({ driver, log: 0, users: 3, members: 1, descriptors: 0 })
  },
  120_000,
)

it('close() may be called twice', () => {
  const database = openSqlite(`${testFolder()}/scim.db`)
  database.close()
  expect(() => database.close()).not.toThrow()
})
