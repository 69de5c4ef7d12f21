import { showValue } from './document-faults.js'
import type { MemberReader } from './read-member.js'

/**
 * An absolute URI in the characters that a path may hold; quotes, brackets and what needs escaping are left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export const uriPattern: RegExp = /^[a-z][a-z0-9+.-]{0,63}:[a-z0-9()+,\-.:=@;$_!~&%/#?]{1,1024}$/i

/** What the lenient reading takes for an id beside a URI; it has to stand in paths. */
const bareId = /^[a-z0-9()+,\-.:=@;$_!~&%/#?]{1,256}$/i

/**
 * Reads the URI of a schema.
 *
 * @param member Document or entry that names it.
 * @param name Member that holds it.
 * @param missing What is wrong, and the way out, where there is none.
 * @returns The URI; `undefined` after a fault that leaves nothing to work with.
 */
export function readUri(member: MemberReader, name: string, missing: string): string | undefined {
  if (member.get(name) === undefined) {
    member.faults.add(member.path, missing)
    return undefined
  }
  const uri = member.text(name)
  if (uri === undefined || uriPattern.test(uri)) return uri
  const readAs = bareId.test(uri) ? 'it is' : undefined
  const way = 'write a URI, such as urn:example:params:scim:schemas:extension:acme:2.0:User'
  member.faults.add(member.path, `${name} is ${showValue(uri)}; ${way}`, readAs)
  return readAs === undefined ? undefined : uri
}
