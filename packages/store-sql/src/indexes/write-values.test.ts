import { beforeEach, describe, expect, it } from 'vitest'
import { countStatements } from '../../test/counting.js'
import { testConnection, testType } from '../../test/test-store.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { writeValues } from './write-values.js'

let connection: SqlConnection

beforeEach(() => {
  connection = testConnection()
})

const { attributes } = testType() // 1 userName, 2 externalId, 3 displayName, 4 emails.value
const owner = { scope: 1, resource: 7, id: 'a' }
const write = (change: { before?: object; after?: object }, by = owner) =>
  writeValues(connection, by, { attributes, ...change })
const stored = () => [
  ...connection
    .statement<{ text: string }>("SELECT attribute || ' ' || value || ' ' || resource AS text FROM unique_values")
    .all()
    .map(({ text }) => text),
  ...connection
    .statement<{ text: string }>(
      "SELECT attribute || ' ' || value || ' ' || id || resource AS text FROM indexed_values",
    )
    .all()
    .map(({ text }) => text),
]
const mails = (...values: readonly string[]) => ({ emails: values.map((value) => ({ value })) })

describe('writeValues', () => {
  it('adds, changes and removes the values of a resource', () => {
    const first = { userName: 'Ada', displayName: 'Ada', ...mails('a@x', 'b@x', 'A@x') }
    write({ after: first })
    expect(stored()).toEqual(['1 ada 7', '3 ada a7', '4 a@x a7', '4 b@x a7'])
    const second = { userName: 'King', externalId: 'X', ...mails('b@x', 'c@x') }
    write({ before: first, after: second })
    expect(stored()).toEqual(['1 king 7', '2 X a7', '4 b@x a7', '4 c@x a7'])
    write({ before: second })
    expect(stored()).toEqual([])
  })

  it('touches nothing that stays the same', () => {
    const given = { userName: 'Ada', ...mails('a@x') }
    write({ after: given })
    const count = countStatements(connection)
    write({ before: given, after: { ...given, userName: 'ADA', title: 'new' } })
    expect(count.texts).toEqual([])
  })

  it('refuses a unique value of another resource of the scope, and names the attribute', () => {
    write({ after: { userName: 'ada' } })
    const again = () => write({ after: { userName: 'ADA' } }, { ...owner, resource: 8, id: 'b' })
    expect(again).toThrow('userName has a value that another resource already has')
    write({ after: { userName: 'ada' } }, { scope: 2, resource: 8, id: 'a' })
    expect(stored()).toEqual(['1 ada 7', '1 ada 8'])
  })
})
