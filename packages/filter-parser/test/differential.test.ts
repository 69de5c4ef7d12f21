import { compileFilter, type Filter, parseFilter, stringifyFilter } from '@scimkit/filter-parser'
import { toSql } from '@scimkit/filter-parser/sql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPostgres, openPostgresThings, openSqliteThings, type ThingDatabase } from './databases.js'
import { interpret } from './naive-interpreter.js'
import { createRandom, randomFilter, randomThing } from './random.js'
import { thingResource } from './thing-resource.js'

const seed = Number(process.env.SEED ?? 20261124)
const filterCount = Number(process.env.FILTERS ?? 500)
const random = createRandom(seed)
const things = Array.from({ length: 100 }, (_, index) => randomThing(random, index))
const byId = new Map(things.map((thing) => [thing.id, thing]))
const filters = Array.from({ length: filterCount }, () => randomFilter(random))
const expected = new Map(filters.map((filter) => [filter, idsOf((thing) => interpret(filter, thingResource, thing))]))

function idsOf(test: (thing: Record<string, unknown>) => boolean): string {
  return things
    .filter(test)
    .map(({ id }) => id)
    .sort()
    .join(' ')
}

/** Every filter that differs, with what was found and what should have been. */
async function differences(found: (filter: Filter) => string | Promise<string>): Promise<string[]> {
  const list: string[] = []
  for (const filter of filters) {
    const ids = await found(filter)
    if (ids !== expected.get(filter)) list.push(`${stringifyFilter(filter)}: found ${ids}, not ${expected.get(filter)}`)
  }
  return list
}

const matching = async (database: ThingDatabase, filter: Filter): Promise<string> => {
  const { dialect, columns } = database
  const { text, params, remaining } = toSql(filter, { dialect, columns, definition: thingResource, partial: true })
  const ids = await database.select(text, params)
  const test = remaining ? compileFilter(remaining, thingResource) : () => true
  return ids
    .filter((id) => test(byId.get(id) ?? {}))
    .sort()
    .join(' ')
}

describe(`${filters.length * things.length} random pairs of filter and resource (seed ${seed})`, () => {
  it('select something and not everything, so that the comparison can fail', () => {
    const some = filters.filter((filter) => {
      const ids = expected.get(filter) ?? ''
      return ids !== '' && ids.split(' ').length < things.length
    })
    expect(some.length).toBeGreaterThan(filters.length / 2)
  })

  it('agree between compiled filter and naive interpreter', async () => {
    expect(await differences((filter) => idsOf(compileFilter(filter, thingResource)))).toEqual([])
  })

  it('agree after the filter was written and parsed again', async () => {
    const limits = { depth: 100, terms: 10_000, length: 100_000 }
    expect(
      await differences((filter) =>
        idsOf(compileFilter(parseFilter(stringifyFilter(filter), { limits }), thingResource)),
      ),
    ).toEqual([])
  })

  it('agree with SQLite', async () => {
    const database = await openSqliteThings(things)
    expect(await differences((filter) => matching(database, filter))).toEqual([])
    await database.close()
  })
})

const programs = process.env.NO_POSTGRES ? undefined : findPostgres()
const required = process.env.CI === 'true'

describe.skipIf(!programs && !required)(`PostgreSQL${programs ? '' : ' (skipped: not installed)'}`, () => {
  let database: ThingDatabase | undefined
  beforeAll(async () => {
    if (!programs) throw new Error('PostgreSQL must be installed where CI=true')
    database = await openPostgresThings(programs, things)
  })
  afterAll(() => database?.close())

  it(`agrees on ${filters.length * things.length} random pairs of filter and resource`, async () => {
    if (!database) throw new Error('not opened')
    const opened = database
    expect(await differences((filter) => matching(opened, filter))).toEqual([])
  })
})
