import { resourceFromSchemas } from '@scimkit/core'
import type { ResourceDefinition } from '@scimkit/core/schema'
import { beforeEach, describe, expect, it } from 'vitest'
import { contextOf, now } from '../../test/store-data.js'
import { testConnection } from '../../test/test-store.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { listIndexedRows } from '../sqlite/statements/indexed-attributes.js'
import { insertRow } from '../sqlite/statements/resources.js'
import { requireScope } from '../sqlite/statements/scopes.js'
import { listIndexedAttributes } from './indexed-attributes.js'
import { checkGeneration, unknownType } from './served-type.js'
import { findIndexes, updateIndexes, type WantedIndexes } from './update-indexes.js'

let connection: SqlConnection

beforeEach(() => {
  connection = testConnection()
})

const noExternalId = 'externalId'

/** What to index of a type `Device` whose `code` and `serial` follow the given rules. */
function wanted(rules: { readonly code?: object; readonly serial?: object } = {}): WantedIndexes {
  const schema = {
    id: 'urn:example:Device',
    name: 'Device',
    attributes: [
      { name: 'code', type: 'string', ...rules.code },
      { name: 'serial', type: 'string', uniqueness: 'server', ...rules.serial },
    ],
  }
  const definition: ResourceDefinition = resourceFromSchemas([schema], {
    name: 'Device',
    endpoint: '/Devices',
    schema: schema.id,
  })
  const further = rules.code ? ['code'] : []
  return { definition, indexed: listIndexedAttributes(definition, further).filter(({ path }) => path !== noExternalId) }
}

function addDevice(id: string, attributes: object, tenant = 'default', resourceType = 'Device'): void {
  const scope = requireScope(connection, contextOf(resourceType, tenant))
  const meta = { resourceType, created: now, lastModified: now, version: '1' }
  insertRow(connection, scope.scope, { schemas: [], id, meta, ...attributes })
}

const update = (indexes: WantedIndexes) => {
  const { generation, attributes, byPath } = updateIndexes(connection, indexes)
  expect([...byPath.keys()]).toEqual(attributes.map(({ path }) => path))
  return { generation, paths: attributes.map(({ path, number }) => `${number} ${path}`) }
}
const values = (table: 'indexed_values' | 'unique_values') =>
  connection
    .statement<{ attribute: number; value: string }>(`SELECT attribute, value FROM ${table} ORDER BY attribute, value`)
    .all()
    .map(({ attribute, value }) => `${attribute} ${value}`)

describe('updateIndexes', () => {
  it('adds what is missing once, and raises the generation with every change only', () => {
    expect(findIndexes(connection, wanted())).toEqual({ kept: [], obsolete: [], isCurrent: false, generation: '0' })
    expect(update(wanted())).toEqual({ generation: '1', paths: ['1 serial'] })
    expect(findIndexes(connection, wanted())).toMatchObject({ isCurrent: true, generation: '1', obsolete: [] })
    expect(update(wanted())).toEqual({ generation: '1', paths: ['1 serial'] })
    expect(findIndexes(connection, wanted({ code: {} }))).toMatchObject({ isCurrent: false, generation: '1' })
    expect(update(wanted({ code: {} }))).toEqual({ generation: '2', paths: ['1 serial', '2 code'] })
  })

  it('indexes what is there already, of all tenants and of this type only', () => {
    addDevice('a', { code: 'X', serial: 'S' })
    addDevice('b', { code: 'x' })
    addDevice('a', { code: 'y', serial: 'S' }, 'other')
    addDevice('c', { code: 'z', serial: 'S' }, 'default', 'Printer')
    update(wanted({ code: {} }))
    expect([values('unique_values'), values('indexed_values')]).toEqual([
      ['1 s', '1 s'],
      ['2 x', '2 x', '2 y'],
    ])
  })

  it('indexes more than one batch of resources', () => {
    for (let n = 0; n < 1_100; n++) addDevice(`d${n}`, { serial: `${n}` })
    update(wanted())
    expect(new Set(values('unique_values')).size).toBe(1_100)
  })

  it('drops what is not wanted any more, with its values', () => {
    addDevice('a', { code: 'X', serial: 'S' })
    update(wanted({ code: {} }))
    expect(findIndexes(connection, wanted())).toMatchObject({ isCurrent: false, obsolete: [2] })
    expect(update(wanted())).toEqual({ generation: '2', paths: ['1 serial'] })
    expect([values('unique_values'), values('indexed_values')]).toEqual([['1 s'], []])
    expect(listIndexedRows(connection, 'Device').map(({ path }) => path)).toEqual(['serial'])
    expect(update(wanted({ serial: { uniqueness: 'none' } }))).toEqual({ generation: '3', paths: [] })
    expect(values('unique_values')).toEqual([])
  })

  it('writes values again when their rule changes', () => {
    addDevice('a', { code: 'X', serial: 'S' })
    update(wanted({ code: {} }))
    update(wanted({ code: { caseExact: true } }))
    expect(values('indexed_values')).toEqual([expect.stringContaining('X')])
    update(wanted({ code: { uniqueness: 'server', caseExact: true } }))
    expect([values('indexed_values'), values('unique_values').length]).toEqual([[], 2])
  })

  it('refuses to make an attribute unique while resources share a value, and says of which', () => {
    addDevice('a', { serial: 'S' })
    addDevice('b', { serial: 's' })
    expect(() => updateIndexes(connection, wanted())).toThrow(
      'Device: an attribute cannot become unique while resources share a value: serial has a value',
    )
  })
})

describe('checkGeneration', () => {
  it('refuses a type whose indexes another process has changed', () => {
    const type = updateIndexes(connection, wanted())
    const check = () => checkGeneration(connection, type)
    expect(check).not.toThrow()
    updateIndexes(connection, wanted({ code: {} }))
    expect(check).toThrow('Another process indexes other attributes of Device; restart this one')
    expect(() => checkGeneration(connection, unknownType)).not.toThrow()
  })
})
