import { isObject, type JsonObject } from '../json.js'
import { foldCase } from '../text/fold-case.js'
import { urns } from '../urns.js'
import { type DocumentFaults, showValue } from './document-faults.js'
import { memberOf, uriPattern } from './read-member.js'

/** Levels of objects and lists that a document may have. */
const deepest = 64

/**
 * Lists the documents that a file holds.
 *
 * @param document Parsed JSON: one document, a list, or a ListResponse.
 * @param faults Where faults go.
 * @returns The documents, not yet looked into; empty after a fault.
 */
export function listDocuments(document: unknown, faults: DocumentFaults): readonly unknown[] {
  if (isTooDeep(document)) {
    faults.add(
      '',
      `the document is nested deeper than ${deepest} levels, which no schema needs; check what the file holds`,
    )
    return []
  }
  const list = memberOf(document, 'Resources') ?? openContainer(document, faults) ?? document
  if (!Array.isArray(list)) return [list]
  const total = memberOf(document, 'totalResults')
  if (typeof total === 'number' && total > list.length) {
    faults.note('', `the list holds ${list.length} of ${total} documents; save the other pages as well`)
  }
  if (list.length === 0) faults.add('', 'the list is empty; it must hold at least one schema')
  const foreign = list.length > 1 && list.every((item) => isObject(item) && !isDocument(item))
  if (!foreign) return list
  const members = Object.keys(list[0]).slice(0, 3).map(showValue).join(', ')
  faults.add(
    '',
    `the list holds no schemas of the form of RFC 7643 §7, its entries have ${members}; save the server's /Schemas`,
  )
  return []
}

/** Looked at level by level, since a recursion would end with the very document that it guards against. */
function isTooDeep(document: unknown): boolean {
  let level = [document]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return false
}

/** Some servers keep their schemas in one file with other things. */
function openContainer(document: unknown, faults: DocumentFaults): unknown {
  const schemas = memberOf(document, 'Schemas')
  const holdsDocuments = Array.isArray(schemas) ? schemas.some(isObject) : isObject(schemas)
  if (!holdsDocuments || memberOf(document, 'attributes') !== undefined) return undefined
  faults.add('', 'the schemas are within the member "Schemas"; save what is in it as a file of its own', 'that member')
  return memberOf(schemas, 'Resources') ?? schemas
}

function isDocument(source: JsonObject): boolean {
  return has(source, 'attributes') || has(source, 'schemas') || isResourceType(source)
}

function has(source: JsonObject, name: string): boolean {
  return memberOf(source, name) !== undefined
}

/**
 * Names a document among several.
 *
 * @param source Document.
 * @param position Its 0-based position.
 * @returns Its id where that is a URI, else the position in brackets.
 */
export function placeOf(source: unknown, position: number): string {
  const id = memberOf(source, 'id')
  return typeof id === 'string' && uriPattern.test(id) ? id : `[${position}]`
}

/**
 * Tells resource types from schemas.
 *
 * @param source Document.
 * @returns Whether it says that it is a ResourceType, or has the members of one.
 */
export function isResourceType(source: JsonObject): boolean {
  const schemas = memberOf(source, 'schemas')
  const named =
    Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && sameUrn(urn, urns.resourceType))
  const shaped = has(source, 'schema') && has(source, 'endpoint')
  return named || (shaped && !has(source, 'attributes'))
}

/**
 * @param left URN.
 * @param right URN.
 * @returns Whether they are the same, without regard to case.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function sameUrn(left: string, right: string): boolean {
  return foldCase(left) === foldCase(right)
}
