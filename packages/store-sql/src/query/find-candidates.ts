import { compareText } from '@scimkit/core/schema'
import { fromSqlText, toSqlText } from '../documents/sql-text.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readGroupIdsWith, readMembersWithin } from '../sqlite/statements/membership-graph.js'
import { findDocument } from '../sqlite/statements/resources.js'
import type { Scope } from '../sqlite/statements/scopes.js'
import type { Candidates, UniqueCandidate } from './plan-candidates.js'

/** A resource that may be in a listing. */
export interface Candidate {
  readonly id: string
  /** Number of its row. */
  readonly resource: number
}

/**
 * Reads candidates from their index.
 *
 * @param connection Connection to read through.
 * @param scope Scope of the query.
 * @param candidates What the plan says.
 * @returns The candidates in the order of their ids, each once.
 */
export function findCandidates(connection: SqlConnection, scope: Scope, candidates: Candidates): readonly Candidate[] {
  switch (candidates.kind) {
    case 'id':
      return findIds(connection, scope, [candidates.id])
    case 'equal':
      return findEqual(connection, scope, candidates)
    case 'prefix':
      return sortById(findPrefix(connection, scope, candidates))
    case 'modified':
      return sortById(
        connection
          .statement<Candidate>('SELECT id, resource FROM resources WHERE scope = ? AND last_modified BETWEEN ? AND ?')
          .all(scope.scope, candidates.from, candidates.to)
          .map(readCandidate),
      )
    case 'related': {
      const ids =
        candidates.attribute === 'members'
          ? readGroupIdsWith(connection, scope, candidates.id)
          : readMembersWithin(connection, scope.tenant, candidates.id)
      return findIds(connection, scope, ids)
    }
    case 'union':
      return sortById(candidates.parts.flatMap((part) => findCandidates(connection, scope, part)))
    default:
      return candidates satisfies never
  }
}

/**
 * Reads the one resource with an id or a unique value.
 *
 * @returns Its document, or `undefined`.
 */
export function readUnique(
  connection: SqlConnection,
  { scope }: Scope,
  candidate: UniqueCandidate,
): string | undefined {
  if (candidate.kind === 'id') return findDocument(connection, scope, candidate.id)
  return connection
    .statement<{ document: string }>(
      `SELECT document FROM unique_values CROSS JOIN resources USING (resource)
       WHERE attribute = ? AND unique_values.scope = ? AND value = ?`,
    )
    .get(candidate.attribute.number, scope, candidate.value)?.document
}

function findEqual(
  connection: SqlConnection,
  { scope }: Scope,
  { attribute, value }: Extract<Candidates, { kind: 'equal' }>,
): readonly Candidate[] {
  const text = attribute.unique
    ? 'SELECT resources.id, resource FROM unique_values CROSS JOIN resources USING (resource) WHERE attribute = ? AND unique_values.scope = ? AND value = ?'
    : 'SELECT id, resource FROM indexed_values WHERE attribute = ? AND scope = ? AND value = ? ORDER BY id'
  return connection.statement<Candidate>(text).all(attribute.number, scope, value).map(readCandidate)
}

function findPrefix(
  connection: SqlConnection,
  { scope }: Scope,
  { attribute, from, to }: Extract<Candidates, { kind: 'prefix' }>,
): readonly Candidate[] {
  const text = attribute.unique
    ? 'SELECT resources.id, resource FROM unique_values CROSS JOIN resources USING (resource) WHERE attribute = ? AND unique_values.scope = ? AND value >= ? AND value < ?'
    : 'SELECT id, resource FROM indexed_values WHERE attribute = ? AND scope = ? AND value >= ? AND value < ?'
  return connection.statement<Candidate>(text).all(attribute.number, scope, from, to).map(readCandidate)
}

function findIds(connection: SqlConnection, { scope }: Scope, ids: readonly string[]): readonly Candidate[] {
  return connection
    .statement<Candidate>(
      'SELECT resources.id, resource FROM json_each(?) AS asked CROSS JOIN resources ON scope = ? AND resources.id = asked.value ORDER BY resources.id',
    )
    .all(JSON.stringify(ids.map(toSqlText)), scope)
    .map(readCandidate)
}

function readCandidate({ id, resource }: Candidate): Candidate {
  return { id: fromSqlText(id), resource }
}

/** Several values of one resource may have led to it. */
function sortById(candidates: readonly Candidate[]): readonly Candidate[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]))
  return [...byId.values()].sort((left, right) => compareText(left.id, right.id))
}
