import { ScimError } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { busyError, readFault, toScimError } from './database-fault.js'

const table = [
  { name: 'SQLITE_BUSY', code: 5, fault: 'busy', status: 503, detail: 'busy' },
  { name: 'SQLITE_BUSY_SNAPSHOT', code: 517, fault: 'busy', status: 503, detail: 'busy' },
  { name: 'SQLITE_LOCKED', code: 6, fault: 'busy', status: 503, detail: 'busy' },
  { name: 'SQLITE_READONLY', code: 8, fault: 'readOnly', status: 503, detail: 'read-only' },
  { name: 'SQLITE_IOERR', code: 10, fault: 'unavailable', status: 503, detail: 'cannot be reached' },
  { name: 'SQLITE_IOERR_FSYNC', code: 1034, fault: 'unavailable', status: 503, detail: 'cannot be reached' },
  { name: 'SQLITE_IOERR_WRITE', code: 778, fault: 'full', status: 507, detail: 'full' },
  { name: 'SQLITE_IOERR_SHMSIZE', code: 4874, fault: 'full', status: 507, detail: 'full' },
  { name: 'SQLITE_CORRUPT', code: 11, fault: 'damaged', status: 503, detail: 'damaged' },
  { name: 'SQLITE_FULL', code: 13, fault: 'full', status: 507, detail: 'full' },
  { name: 'SQLITE_CANTOPEN', code: 14, fault: 'unavailable', status: 503, detail: 'cannot be reached' },
  { name: 'SQLITE_CONSTRAINT_UNIQUE', code: 2067, fault: 'constraint', status: 409, detail: 'another resource' },
  { name: 'SQLITE_NOTADB', code: 26, fault: 'damaged', status: 503, detail: 'damaged' },
]

describe('faults of the database', () => {
  it.each(table)('$name is $fault and answered $status, on both drivers', ({ code, fault, status, detail }) => {
    for (const error of [{ errcode: code }, { rawCode: code }, { errcode: code, rawCode: 1 }]) {
      expect(readFault(error)).toBe(fault)
      const scimError = toScimError(error)
      expect(scimError).toBeInstanceOf(ScimError)
      expect(scimError).toMatchObject({ status, detail: expect.stringContaining(detail), cause: error })
    }
  })

  it('only a violated constraint is about uniqueness', () => {
    const types = table.map(({ code }) => (toScimError({ rawCode: code }) as ScimError).scimType) // seen above
    expect(types.filter((type) => type !== undefined)).toEqual(['uniqueness'])
  })

  it.each([
    undefined,
    null,
    'text',
    5,
    {},
    new Error('other'),
    { errcode: '5' },
    { rawCode: '5' },
    { errcode: 1 },
    { rawCode: 21 },
  ])('%s is none of them, and stays as it is', (error) => {
    expect(readFault(error)).toBeUndefined()
    expect(toScimError(error)).toBe(error)
  })

  it('a write that waited too long is answered 503', () => {
    const cause = new Error('busy')
    expect(busyError(cause)).toMatchObject({ status: 503, cause })
    expect(busyError().cause).toBeUndefined()
  })
})
