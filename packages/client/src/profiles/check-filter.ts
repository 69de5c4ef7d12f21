import { isObject } from '@scimkit/core/internal'
import type { ServerProfile } from '@scimkit/core/profiles'
import { type Filter, parseFilter } from '@scimkit/filter-parser'
import type { Call } from '../transport/call.js'

type FilterFacts = NonNullable<ServerProfile['filter']>

/**
 * Refuses a filter that the server cannot carry out. Text that cannot be parsed is left to the server.
 *
 * @param facts Filters that the server accepts.
 * @param call The request.
 * @param refuse Throws; receives what the server does not accept, as the end of a sentence.
 */
export function checkFilter(facts: FilterFacts, call: Call, refuse: (what: string) => never): void {
  const text = filterOf(call)
  const filter = text === undefined ? undefined : tryParse(text)
  if (!filter) return
  if (countComparisons(filter) > (facts.maxNodes ?? Infinity)) {
    refuse(`accepts filters of at most ${facts.maxNodes} nodes; send several requests`)
  }
  check(filter, { facts, refuse, within: '', known: attributesFor(facts, call) })
}

/** Which attributes count depends on what is listed. */
function attributesFor(
  { userAttributes, groupAttributes }: FilterFacts,
  { path }: Call,
): readonly string[] | undefined {
  if (path.startsWith('/Users')) return userAttributes
  return path.startsWith('/Groups') ? groupAttributes : undefined
}

function countComparisons(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.reduce((sum, term) => sum + countComparisons(term), 0)
    case 'not':
    case 'valuePath':
      return countComparisons(filter.filter)
    case 'present':
    case 'comparison':
      return 1
  }
}

function filterOf({ path, body, reads }: Call): string | undefined {
  const [, query = ''] = path.split('?')
  const filter = reads && isObject(body) ? body.filter : new URLSearchParams(query).get('filter')
  return typeof filter === 'string' ? filter : undefined
}

function tryParse(text: string): Filter | undefined {
  try {
    return parseFilter(text, { lenient: true })
  } catch {
    return undefined
  }
}

interface Place {
  readonly facts: FilterFacts
  readonly refuse: (what: string) => never
  /** Attribute before the brackets, with a dot. */
  readonly within: string
  /** Attribute paths that may be named; any where it is absent. */
  readonly known: readonly string[] | undefined
}

function check(filter: Filter, place: Place): void {
  const { facts, refuse, within, known } = place
  const { operators, logical } = facts
  switch (filter.kind) {
    case 'and':
    case 'or':
      if (logical && !logical.includes(filter.kind)) refuse(`does not accept filters with ${filter.kind}`)
      for (const term of filter.filters) check(term, place)
      return
    case 'not':
      if (logical && !logical.includes('not')) refuse('does not accept filters with not')
      check(filter.filter, place)
      return
    case 'valuePath':
      check(filter.filter, { ...place, within: `${within}${filter.path.name}.` })
      return
    case 'present':
    case 'comparison': {
      const operator = filter.kind === 'present' ? 'pr' : filter.operator
      if (operators && !operators.includes(operator)) refuse(`does not accept filters with ${operator}`)
      const { name, subAttribute } = filter.path
      const path = `${within}${name}${subAttribute === undefined ? '' : `.${subAttribute}`}`
      if (known && !includesPath(known, path)) refuse(`does not accept filters by ${path}`)
    }
  }
}

function includesPath(paths: readonly string[], path: string): boolean {
  return paths.some((known) => known.toLowerCase() === path.toLowerCase())
}
