import { expect, it } from 'vitest'
import { countStatements } from '../../test/counting.js'
import { contextOf } from '../../test/store-data.js'
import { testConnection } from '../../test/test-store.js'
import { requireScope } from '../sqlite/statements/scopes.js'
import { cacheScopes } from './cache-scopes.js'

it('looks a scope up once, and one that does not exist each time', () => {
  const connection = testConnection()
  const [user, group, other] = [contextOf('User'), contextOf('Group'), contextOf('User', 'other')]
  for (const context of [user, group, other]) requireScope(connection, context)
  const count = countStatements(connection)
  const find = cacheScopes()
  const scopes = [user, group, other, user, group, other].map((context) => find(connection, context)?.scope)
  expect(new Set(scopes).size).toBe(3)
  expect([scopes.slice(0, 3), count.texts.length]).toEqual([scopes.slice(3), 3])
  for (let n = 0; n < 2; n++) expect(find(connection, contextOf('Device'))).toBeUndefined()
  expect(count.texts).toHaveLength(5)
  const made = requireScope(connection, contextOf('Device'))
  expect(find(connection, contextOf('Device'))?.scope).toBe(made.scope)
})

it('holds the scopes of ten thousand tenants', () => {
  const connection = testConnection()
  const find = cacheScopes()
  const tenants = Array.from({ length: 10_001 }, (_, n) => contextOf('User', `t${n}`))
  connection.execute('BEGIN')
  for (const context of tenants) requireScope(connection, context)
  connection.execute('COMMIT')
  const lookUps = (contexts: typeof tenants) => {
    const count = countStatements(connection)
    for (const context of contexts) find(connection, context)
    return count.texts.length
  }
  expect(lookUps(tenants.slice(0, 10_000))).toBe(10_000)
  expect(lookUps(tenants.slice(0, 10_000))).toBe(0)
  expect(lookUps(tenants.slice(10_000))).toBe(1)
  expect(lookUps(tenants.slice(9_999))).toBe(1)
})
