/**
 * Gives the value of the Authorization header.
 *
 * It is called before every attempt, so it should remember its value. `rejected` is the value that a server has just
 * rejected with 401; to return the same value again means that there is no better one.
 */
export type Authenticate = (rejected?: string) => string | Promise<string>

/**
 * Authenticates with a bearer token.
 *
 * @param token The token, or a function that gets one. It is called when the first request needs a token, and once
 * for all requests in flight when a server responds with 401.
 * @returns The authentication for `createScimClient`.
 * @throws {TypeError} When the token cannot be sent in a header.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer(token: string | (() => string | Promise<string>)): Authenticate {
  if (typeof token !== 'function') {
    const header = toBearer(token)
    return () => header
  }
  let current: Promise<string> | undefined
  let settled: string | undefined
  return (rejected) => {
    if (current === undefined || (rejected !== undefined && rejected === settled)) {
      settled = undefined
      current = Promise.resolve(token()).then(toBearer)
      const mine = current
      mine.then(
        (header) => {
          settled = header
        },
        () => {
          if (current === mine) current = undefined
        },
      )
    }
    return current
  }
}

/**
 * Authenticates with a user name and a password.
 *
 * @param user Name without a colon.
 * @param password The password.
 * @returns The authentication for `createScimClient`.
 * @throws {TypeError} When the name holds a colon.
 * @see https://www.rfc-editor.org/rfc/rfc7617
 */
export function basic(user: string, password: string): Authenticate {
  if (typeof user !== 'string' || typeof password !== 'string') {
    throw new TypeError('basic(user, password) needs two strings; is a variable not set?')
  }
  if (user.includes(':')) throw new TypeError('A user name of basic() cannot hold a colon')
  const octets = new TextEncoder().encode(`${user}:${password}`)
  const header = `Basic ${btoa(String.fromCharCode(...octets))}`
  return () => header
}

function toBearer(token: string): string {
  if (!token) throw new TypeError('The bearer token is empty; is its variable set?')
  // The sentence cannot show the token, and fetch's own error would.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError('A bearer token is visible ASCII without blanks')
  return `Bearer ${token}`
}
