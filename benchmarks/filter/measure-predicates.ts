import { enterpriseUser, userResource } from '@scimkit/core/schema'
import { compileFilter, parseFilter } from '@scimkit/filter-parser'
import * as simple from 'scim2-parse-filter'
import { type Finding, geomean, median } from '../measure.js'
import { makeDocuments, type Person, predicates } from './people.js'

type Test = (person: Person) => boolean
/** How long each of the contestants took, in their order. */
type Times = readonly [hand: number, compiled: number, peer: number]

const rowCount = 200_000
const pageLength = 1_000
const windows = 7

/**
 * Measures compiled predicates over rows, beside hand-written ones and scim2-parse-filter.
 *
 * Twice: over pages of rows that were decoded a moment ago, as a store hands them over, and over as many rows that all
 * stay in memory. There every row waits for memory, whoever looks at it, so that no predicate can be much faster than
 * another: how much the hand-written ones are says what can be reached.
 */
export function measurePredicates(): Finding[] {
  const documents = makeDocuments(rowCount)
  const pages = `pages of ${pageLength} decoded rows, ${rowCount} in all`
  const inPages = measure((tests) => timePages(documents, tests))
  const people = documents.map((text) => JSON.parse(text) as Person)
  const resident = measure((tests) => timeResident(people, tests))
  const goal = (least: number, figure: number) => ({ figure, goal: `≥ ${least}`, holds: figure >= least })
  return [
    { what: `compiled predicate / hand-written, ${pages}`, ...goal(0.7, inPages.ofHand) },
    { what: `compiled predicate / scim2-parse-filter, ${pages}`, ...goal(10, inPages.ofPeer) },
    { what: `hand-written / scim2-parse-filter, ${pages}`, figure: inPages.handOfPeer },
    { what: `compiled predicate / hand-written, ${rowCount} rows kept`, ...goal(0.7, resident.ofHand) },
    { what: `compiled predicate / scim2-parse-filter, ${rowCount} rows kept`, figure: resident.ofPeer },
    { what: `hand-written / scim2-parse-filter, ${rowCount} rows kept`, figure: resident.handOfPeer },
  ]
}

/** Geometric means over all predicates. */
function measure(time: (tests: readonly Test[]) => Times): { ofHand: number; ofPeer: number; handOfPeer: number } {
  const definition = userResource.extend(enterpriseUser)
  const times = predicates.map(([text, byHand]) => {
    const taken = time([byHand, compileFilter(parseFilter(text), definition), simple.filter(simple.parse(text))])
    if (process.env.DETAILS) console.log(...taken.map((each) => `${(each * 1e3).toFixed(0)} ns`), text)
    return taken
  })
  return {
    ofHand: geomean(times.map(([hand, compiled]) => hand / compiled)),
    ofPeer: geomean(times.map(([, compiled, peer]) => peer / compiled)),
    handOfPeer: geomean(times.map(([hand, , peer]) => peer / hand)),
  }
}

/** Each page is decoded once and then looked at by all in turn, by another one first each time: the median of pages. */
function timePages(documents: readonly string[], tests: readonly Test[]): Times {
  const taken: number[][] = tests.map(() => [])
  for (let start = 0; start < documents.length; start += pageLength) {
    const page = documents.slice(start, start + pageLength).map((text) => JSON.parse(text) as Person)
    for (let turn = 0; turn < tests.length; turn++) {
      const index = (start / pageLength + turn) % tests.length
      const begun = performance.now()
      count(page, tests[index] ?? never)
      taken[index]?.push(performance.now() - begun)
    }
  }
  return perRow(taken, pageLength, 1e3)
}

/** All rows, several times in turn: CPU time, the median of the windows. */
function timeResident(people: readonly Person[], tests: readonly Test[]): Times {
  const [byHand = never, compiled = never] = tests
  if (count(people, compiled) !== count(people, byHand)) throw new Error('the one by hand selects other rows')
  const taken: number[][] = tests.map(() => [])
  for (let window = 0; window < windows; window++) {
    for (const [index, test] of tests.entries()) {
      const before = process.cpuUsage()
      count(people, test)
      const { user, system } = process.cpuUsage(before)
      taken[index]?.push(user + system)
    }
  }
  return perRow(taken, people.length, 1)
}

/** Microseconds a row; `unit` is how many microseconds the times are in. */
function perRow(taken: readonly (readonly number[])[], rows: number, unit: number): Times {
  const [hand = [], compiled = [], peer = []] = taken
  const one = (times: readonly number[]) => (median(times) * unit) / rows
  return [one(hand), one(compiled), one(peer)]
}

function count(people: readonly Person[], test: Test): number {
  let matches = 0
  for (const person of people) if (test(person)) matches++
  return matches
}

function never(): never {
  throw new Error('there are three contestants')
}
