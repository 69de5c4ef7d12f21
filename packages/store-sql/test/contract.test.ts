import { describeResourceStore } from '@scimkit/server-kit/testing'
import { describe, it } from 'vitest'
import { createSqlStore, openSqlite } from '../src/index.js'
import { fileStore } from './file-store.js'

describe('on a file', () => describeResourceStore(fileStore, { describe, it }))

describe('in memory', () => {
  describeResourceStore(
    () => {
      const database = openSqlite(':memory:')
      return { store: createSqlStore({ database }), close: () => database.close() }
    },
    { describe, it },
  )
})
