import { ScimError } from '@scimkit/core/schema'

/** Headers of every response of the protocol that does not come from the handler. */
export const protocolHeaders = {
  'content-type': 'application/scim+json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const

/** What goes wrong, and with which request. */
export interface FailureRule {
  /** Method of the requests meant; any when absent. */
  readonly method?: string | undefined
  /** Path below the base path, such as `/Users`; `*` at its end matches the rest: `/Users/*`. Any when absent. */
  readonly path?: string | undefined
  /** HTTP status of the response, 300 to 599; the request then never reaches the service provider. */
  readonly status?: number | undefined
  /** Number of requests that the rule applies to; 1. */
  readonly times?: number | undefined
  /** Headers of the response, such as `{ 'Retry-After': '1' }`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Body of the response: text as it is, everything else as JSON. Default: a SCIM Error of the status. */
  readonly body?: unknown
  /** Milliseconds before the request is answered; without `status` the request is then answered normally. */
  readonly delay?: number | undefined
  /**
   * Breaks the connection. `request` or `true`: the request never reaches the service provider. `response`: it is carried
   * out, but its response is lost.
   */
  readonly drop?: boolean | 'request' | 'response' | undefined
}

/** What happens to one request. */
export interface Failure {
  readonly delay: number
  readonly drop: 'request' | 'response' | undefined
  /** Response that replaces the service provider's. */
  readonly response: Response | undefined
}

/** Rules that wait for their requests. */
export interface FailureRules {
  /** @throws {TypeError} When the rule is contradictory; the message names the member. */
  add(rule: FailureRule): void
  /** The failure of a request; each one uses up the oldest rule that matches it. */
  take(method: string, path: string): Failure | undefined
  clear(): void
}

/** @returns No rules yet. */
export function createFailureRules(): FailureRules {
  let waiting: { readonly rule: FailureRule; left: number }[] = []
  return {
    add(rule) {
      checkRule(rule)
      waiting.push({ rule, left: rule.times ?? 1 })
    },
    take(method, path) {
      const found = waiting.find(({ rule }) => isMeant(rule, method, path))
      if (!found) return undefined
      found.left--
      if (found.left === 0) waiting = waiting.filter((one) => one !== found)
      return toFailure(found.rule)
    },
    clear() {
      waiting = []
    },
  }
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const members: ReadonlySet<string> = new Set(['method', 'path', 'status', 'times', 'headers', 'body', 'delay', 'drop'])
const drops: ReadonlySet<unknown> = new Set([undefined, true, false, 'request', 'response'])

function checkRule(rule: FailureRule): void {
  if (typeof rule !== 'object' || rule === null) throw new TypeError('failNext needs a rule, such as { status: 429 }')
  const { method, path, status, times, delay, drop, headers, body } = rule
  for (const member of Object.keys(rule)) require(members.has(member), `${member} is not a member of a rule`)
  require(method === undefined || methods.has(method), `method must be one of ${[...methods].join(', ')}`)
  require(path === undefined || /^\/[^?#*]*\*?$/.test(path), 'path must be a path below the base path, such as /Users')
  require(status === undefined || isWhole(status, 300, 599), 'status must be a number from 300 to 599')
  require(times === undefined || isWhole(times, 1, Number.MAX_SAFE_INTEGER), 'times must be a whole number from 1')
  require(delay === undefined || (Number.isFinite(delay) && delay >= 0), 'delay must be a number of milliseconds')
  require(drops.has(drop), "drop must be true, 'request' or 'response'")
  require(Boolean(status !== undefined || delay || drop), 'nothing would fail: give status, delay or drop')
  require(status === undefined || !drop, 'status and drop exclude each other: a lost response has no status')
  const hasAnswer = headers !== undefined || body !== undefined
  require(!hasAnswer || status !== undefined, 'headers and body belong to a response: give its status as well')
  if (headers) new Headers(headers) // throws a TypeError that names the header
}

function require(holds: boolean, message: string): void {
  if (!holds) throw new TypeError(`failNext: ${message}`)
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
}

function isMeant(rule: FailureRule, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method !== method) return false
  if (rule.path === undefined) return true
  return rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path
}

function toFailure({ status, delay = 0, drop, headers, body }: FailureRule): Failure {
  return {
    delay,
    drop: drop === true ? 'request' : drop || undefined,
    response: status === undefined ? undefined : toResponse(status, body, headers),
  }
}

/** 304 has no body (RFC 9110 §15.4.5). */
function toResponse(status: number, body: unknown, headers: FailureRule['headers']): Response {
  const error = () => new ScimError(status, `The mock server was told to answer ${status}`).toJSON()
  const text = typeof body === 'string' ? body : JSON.stringify(body === undefined ? error() : body)
  const given = new Headers({ ...protocolHeaders })
  for (const [name, value] of new Headers(headers)) given.set(name, value)
  return new Response(status === 304 ? null : text, { status, headers: given })
}
