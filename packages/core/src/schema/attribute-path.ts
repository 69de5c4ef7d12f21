import { foldCase } from '../text/fold-case.js'

/**
 * An attribute path in parts, as the filter and path parsers give it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export interface AttributePath {
  /** Text before the last colon, as it was written. */
  readonly urn?: string | undefined
  readonly name: string
  readonly subAttribute?: string | undefined
}

/**
 * Type of a path that can only be tested for presence (`pr`): a complex attribute without `value`, or an extension.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export interface Present {
  readonly '~present': true
}

/**
 * Splits the text of an attribute path: at its last colon, then at the first dot behind it, since URNs hold both.
 *
 * @param text `userName`, `name.givenName`, `urn:…:User:manager.value` or a bare URN.
 * @returns The parts; nothing is looked up or checked.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function splitAttributePath(text: string): AttributePath {
  const colon = text.lastIndexOf(':')
  const rest = text.slice(colon + 1)
  const dot = rest.indexOf('.')
  return {
    ...(colon > 0 && { urn: text.slice(0, colon) }),
    name: dot < 0 ? rest : rest.slice(0, dot),
    ...(dot >= 0 && { subAttribute: rest.slice(dot + 1) }),
  }
}

/**
 * Reads a path that has a dot between the URN of a schema and an attribute, as some providers write it. URNs hold dots
 * themselves, so the longest one that is known counts.
 *
 * @param urns URNs of the schemas that are known.
 * @param path Text of a path, such as `urn:…:enterprise:2.0:User.manager.displayName`.
 * @returns The path with a colon behind the URN; `undefined` when there is no dot.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function readUrnDot(urns: readonly string[], path: string): string | undefined {
  let end = 0
  for (const urn of urns) {
    const isWhole = ':.'.includes(path.charAt(urn.length))
    if (isWhole && urn.length > end && foldCase(path.slice(0, urn.length)) === foldCase(urn)) end = urn.length
  }
  return end > 0 && path[end] === '.' ? `${path.slice(0, end)}:${path.slice(end + 1)}` : undefined
}
