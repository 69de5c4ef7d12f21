import { enterpriseUser, userResource } from '@scimkit/core/schema'
import { compileFilter, type Filter, parseFilter, stringifyFilter } from '@scimkit/filter-parser'
import * as query from 'scim-query-filter-parser'
import * as simple from 'scim2-parse-filter'
import SCIMMY from 'scimmy'
import { type Finding, geomean } from '../measure.js'
import { idpFilters } from './idp-filters.js'
import { type Field, raceMany } from './race-many.js'

/** A filter in every form that a contestant starts from. */
interface Subject {
  readonly text: string
  readonly tree: Filter
  readonly json: string
}

const definition = userResource.extend(enterpriseUser)
const ours: readonly Field<Subject>[] = [
  { name: 'parseFilter', run: ({ text }) => parseFilter(text) },
  { name: 'JSON.parse of the same tree', run: ({ json }) => JSON.parse(json) },
  { name: 'stringifyFilter', run: ({ tree }) => stringifyFilter(tree) },
  { name: 'compileFilter', run: ({ tree }) => compileFilter(tree, definition) },
]
const peers: readonly Field<Subject>[] = [
  { name: 'scim2-parse-filter', run: ({ text }) => simple.parse(text) },
  { name: 'scimmy', run: ({ text }) => new SCIMMY.Types.Filter(text) },
  { name: 'scim-query-filter-parser (parses and compiles)', run: ({ text }) => query.compileFilter(text) },
]
const goals: Readonly<Record<string, number>> = {
  'JSON.parse of the same tree': 1.5,
  'scim2-parse-filter': 2.5,
}

/** Measures parsing, writing and compiling of filters in the shapes that identity providers send. */
export function measureParse(): Finding[] {
  const subjects = idpFilters.map((given): Subject => {
    const text = Buffer.from(given).toString() // one flat string, as a decoded URL gives it
    const tree = parseFilter(text)
    return { text, tree, json: JSON.stringify(tree) }
  })
  const findings = compareWithParse(subjects, ours)
  for (const peer of peers) {
    // Peers are compared on what they can read.
    const readable = subjects.filter((subject) => reads(peer, subject))
    findings.push(...compareWithParse(readable, [ours[0] as Field<Subject>, peer])) // the first is ours
  }
  return findings
}

function compareWithParse(subjects: readonly Subject[], field: readonly Field<Subject>[]): Finding[] {
  const [own = [], ...others] = raceMany(subjects, field)
  return others.map((times, index) => {
    const name = field[index + 1]?.name ?? ''
    const figure = geomean(times.map((time, at) => time / (own[at] ?? time)))
    const goal = goals[name]
    return {
      what: `parseFilter / ${name}, geomean of ${subjects.length} filters`,
      figure,
      ...(goal !== undefined && { goal: `≥ ${goal}`, holds: figure >= goal }),
    }
  })
}

function reads(peer: Field<Subject>, subject: Subject): boolean {
  try {
    peer.run(subject)
    return true
  } catch {
    return false
  }
}
