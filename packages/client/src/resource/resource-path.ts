/**
 * Writes the path of a resource: its id is one segment, whatever characters it has.
 *
 * @param endpoint Path of the resource type, such as `/Users`.
 * @param id Id of the resource.
 * @returns The encoded path.
 * @throws {TypeError} When the id is not text, or is empty, `.` or `..`, which a URL cannot have as a segment.
 */
export function resourcePath(endpoint: string, id: string): string {
  if (typeof id !== 'string' || id === '' || id === '.' || id === '..' || !isWellFormed(id)) {
    throw new TypeError(`The id of a resource of ${endpoint} must be text other than "", "." and ".."`)
  }
  return `${endpoint}/${encodeURIComponent(id)}`
}

/** What ids nearly always are. */
const plain = /^[\w-]*$/

/** A lone surrogate has no UTF-8. */
function isWellFormed(text: string): boolean {
  return plain.test(text) || !/\p{Surrogate}/u.test(text)
}

/**
 * Reads the id out of the address of a resource. Its host is not believed, only the last segment is used.
 *
 * @param location URI of a resource, with or without a slash or a query at its end.
 * @returns The id; `undefined` where there is none.
 */
export function idOfLocation(location: string): string | undefined {
  const [path = ''] = location.split(/[?#]/, 1)
  const segment = path.split('/').findLast((part) => part !== '')
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
