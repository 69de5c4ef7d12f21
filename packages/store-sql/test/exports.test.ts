import { expect, it } from 'vitest'
import * as storeSql from '../src/index.js'

it('exports these names and no others', () => {
  expect(Object.keys(storeSql).sort()).toEqual(['DatabaseSchemaError', 'createSqlStore', 'migrate', 'openSqlite'])
})
