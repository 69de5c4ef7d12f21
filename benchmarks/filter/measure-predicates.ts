import { enterpriseUser, userResource } from '@scimkit/core/schema'
import { compileFilter, parseFilter } from '@scimkit/filter-parser'
import * as simple from 'scim2-parse-filter'
import { type Finding, geomean, median } from '../measure.js'
import { makePeople, type Person, predicates } from './people.js'

const windows = 7

/** Measures compiled predicates over rows, beside hand-written ones and scim2-parse-filter. */
export function measurePredicates(rowCount = 200_000): Finding[] {
  const people = makePeople(rowCount)
  const definition = userResource.extend(enterpriseUser)
  const againstHand: number[] = []
  const againstPeer: number[] = []
  for (const [text, byHand] of predicates) {
    const compiled = compileFilter(parseFilter(text), definition)
    const peer = simple.filter(simple.parse(text))
    if (count(people, compiled) !== count(people, byHand)) throw new Error(`${text} by hand selects other rows`)
    const times: [number[], number[], number[]] = [[], [], []]
    for (let window = 0; window < windows; window++) {
      times[0].push(timeOf(() => count(people, byHand)))
      times[1].push(timeOf(() => count(people, compiled)))
      times[2].push(timeOf(() => count(people, peer)))
    }
    const [hand, ours, theirs] = [median(times[0]), median(times[1]), median(times[2])]
    if (process.env.DETAILS)
      console.log(
        (hand / ours).toFixed(2),
        (theirs / ours).toFixed(1),
        ((ours * 1e3) / rowCount).toFixed(1),
        'ns',
        text,
      )
    againstHand.push(hand / ours)
    againstPeer.push(theirs / ours)
  }
  const hand = geomean(againstHand)
  const peer = geomean(againstPeer)
  return [
    {
      what: `compiled predicate / hand-written JavaScript, ${rowCount} rows, geomean of ${predicates.length}`,
      figure: hand,
      goal: '≥ 0.7',
      holds: hand >= 0.7,
    },
    { what: 'compiled predicate / scim2-parse-filter', figure: peer, goal: '≥ 10', holds: peer >= 10 },
  ]
}

function count(people: readonly Person[], test: (person: Person) => boolean): number {
  let matches = 0
  for (const person of people) if (test(person)) matches++
  return matches
}

/** Microseconds of CPU. */
function timeOf(run: () => unknown): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}
