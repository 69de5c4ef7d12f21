import { compareText } from '@scimkit/core/schema'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { findByRange, findByValue, findDocumentByValue } from '../sqlite/statements/index-values.js'
import { readGroupIdsWith, readMembersWithin } from '../sqlite/statements/membership-graph.js'
import { findDocument, findKeys, findModifiedBetween, type ResourceKey } from '../sqlite/statements/resources.js'
import type { Scope } from '../sqlite/statements/scopes.js'
import type { Candidates, UniqueCandidate } from './plan-candidates.js'

/**
 * Reads candidates from their index.
 *
 * @param connection Connection to read through.
 * @param scope Scope of the query.
 * @param candidates What the plan says.
 * @returns The candidates in the order of their ids, each once.
 */
export function findCandidates(
  connection: SqlConnection,
  scope: Scope,
  candidates: Candidates,
): readonly ResourceKey[] {
  switch (candidates.kind) {
    case 'id':
      return findKeys(connection, scope.scope, [candidates.id])
    case 'equal': {
      const { attribute, value } = candidates
      return findByValue(connection, { attribute: attribute.number, scope: scope.scope, value }, attribute.unique)
    }
    case 'prefix': {
      const { attribute, from, to } = candidates
      const range = { attribute: attribute.number, scope: scope.scope, from, to }
      return sortById(findByRange(connection, range, attribute.unique))
    }
    case 'modified':
      return sortById(findModifiedBetween(connection, scope.scope, candidates))
    case 'related':
      return findKeys(connection, scope.scope, findRelated(connection, scope, candidates))
    case 'union':
      return sortById(candidates.parts.flatMap((part) => findCandidates(connection, scope, part)))
    default:
      return candidates satisfies never
  }
}

/**
 * Reads the one resource with an id or a unique value.
 *
 * @returns Its document; `undefined` when there is none.
 */
export function readUnique(
  connection: SqlConnection,
  { scope }: Scope,
  candidate: UniqueCandidate,
): string | undefined {
  if (candidate.kind === 'id') return findDocument(connection, scope, candidate.id)
  const { attribute, value } = candidate
  return findDocumentByValue(connection, { attribute: attribute.number, scope, value })
}

function findRelated(
  connection: SqlConnection,
  scope: Scope,
  { attribute, id }: Extract<Candidates, { kind: 'related' }>,
): readonly string[] {
  return attribute === 'members'
    ? readGroupIdsWith(connection, scope, id)
    : readMembersWithin(connection, scope.tenant, id)
}

/** Several values of one resource may have led to it, so it may come several times. */
function sortById(keys: readonly ResourceKey[]): readonly ResourceKey[] {
  const byId = new Map(keys.map((key) => [key.id, key]))
  return [...byId.values()].sort((left, right) => compareText(left.id, right.id))
}
