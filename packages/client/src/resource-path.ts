/**
 * Writes the path of a resource: its id is one segment, whatever characters it has.
 *
 * @param endpoint Path of the resource type, such as `/Users`.
 * @param id Id of the resource.
 * @returns The encoded path.
 * @throws {TypeError} When the id is no text, empty, `.` or `..`, which URLs cannot carry as a segment.
 */
export function resourcePath(endpoint: string, id: string): string {
  if (typeof id !== 'string' || id === '' || id === '.' || id === '..' || !isWellFormed(id)) {
    throw new TypeError(`The id of a resource of ${endpoint} is text other than "", "." and ".."`)
  }
  return `${endpoint}/${encodeURIComponent(id)}`
}

/** What ids nearly always are. */
const plain = /^[\w-]*$/

/** A lone surrogate has no UTF-8. */
function isWellFormed(text: string): boolean {
  return plain.test(text) || !/\p{Surrogate}/u.test(text)
}
