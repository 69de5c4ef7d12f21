import { describe, expect, it } from 'vitest'
import { testConnection } from '../../test/test-store.js'
import { createStatementCache, requireRow, type SqlStatement } from './sql-connection.js'

describe('the statement cache', () => {
  it('prepares every text once, and again after it was cleared', () => {
    const prepared: string[] = []
    const statement: SqlStatement<unknown> = { run: () => 0, get: () => undefined, all: () => [] }
    const cache = createStatementCache((text) => {
      prepared.push(text)
      return { ...statement }
    })
    const first = cache.statement('a')
    expect(cache.statement('a')).toBe(first)
    expect(cache.statement('b')).not.toBe(first)
    expect(prepared).toEqual(['a', 'b'])
    cache.clear()
    expect(cache.statement('a')).not.toBe(first)
    expect(prepared).toEqual(['a', 'b', 'a'])
  })
})

describe('a connection', () => {
  it('binds text, numbers and null, and refuses what the driver cannot bind', () => {
    const connection = testConnection()
    const select = connection.statement('SELECT ? AS text, ? AS number, ? AS missing')
    expect(select.get('a', 1.5, null)).toMatchObject({ text: 'a', number: 1.5, missing: null })
    expect(select.all('', 0, null)).toHaveLength(1)
    for (const value of [undefined, Symbol.iterator]) {
      const wrong = value as never // untyped callers can pass it
      for (const call of [
        () => select.get(wrong, 1, 1),
        () => select.all(wrong, 1, 1),
        () => select.run(wrong, 1, 1),
      ]) {
        expect(call).toThrow(Error)
      }
    }
  })

  it('counts the rows that a statement changes', () => {
    const connection = testConnection()
    const insert = connection.statement("INSERT INTO settings VALUES ('a', ?), ('b', ?)")
    expect(insert.run('1', '2')).toBe(2)
    expect(connection.statement("UPDATE settings SET value = '3' WHERE name = 'c'").run()).toBe(0)
  })
})

describe('requireRow', () => {
  it('returns a row, and throws without one', () => {
    expect(requireRow({ a: 1 })).toEqual({ a: 1 })
    expect(() => requireRow(undefined)).toThrow('A statement did not return the row that it wrote')
  })
})
