import { describe, expect, it } from 'vitest'
import { testDatabase, testFolder } from '../../test/test-store.js'
import { createChangeTracker, type TrackedChange } from './change-tracker.js'

const changeOf = (id: string): TrackedChange => ({ tenant: 1, scope: 2, id, kind: 'replace' })

function listen(file: string) {
  const { writer } = testDatabase(file)
  const tracker = createChangeTracker(writer)
  const seen: string[][] = [[], []]
  for (const events of seen) {
    tracker.listen({ changed: ({ id }) => events.push(id), invalidate: () => events.push('all') })
  }
  return { writer, tracker, seen }
}

describe('the change tracker', () => {
  it('announces every change to every listener', () => {
    const { tracker, seen } = listen(':memory:')
    tracker.announce([changeOf('a'), changeOf('b')])
    tracker.announce([])
    expect(seen).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
  })

  it('invalidates everything once for what another connection has committed, and never for its own commits', () => {
    const file = `${testFolder()}/a.db`
    const { writer, tracker, seen } = listen(file)
    writer.execute('CREATE TABLE own (a)')
    tracker.checkOtherProcesses()
    expect(seen).toEqual([[], []])
    testDatabase(file).writer.execute('CREATE TABLE foreign_one (a)')
    tracker.checkOtherProcesses()
    tracker.checkOtherProcesses()
    expect(seen).toEqual([['all'], ['all']])
    writer.execute('CREATE TABLE own_again (a)')
    tracker.checkOtherProcesses()
    expect(seen).toEqual([['all'], ['all']])
  })
})
