import type { ServerRules } from '../profiles/create-server-rules.js'
import { type Answer, type Call, isRead } from './call.js'
import type { Connection } from './connection.js'
import { ScimResponseError, ScimTransportError } from './errors.js'
import { exchange } from './exchange.js'
import { unknownOutcome } from './outcome.js'
import { awaitPause, extendPause, isPaused } from './pause.js'
import { judgeFailure, nextDelay, readRetryAfter } from './retry-policy.js'
import { OutOfTime, runWithin, wait } from './run-within.js'
import { describeRequest } from './sent-request.js'
import { gateOf } from './throttle.js'

/**
 * Sends a request until it has an answer: again where that is safe, and looking first where it is not.
 *
 * @param connection What the client's calls share.
 * @param given The request.
 * @returns The answer, its status 2xx and without fault.
 * @throws {ScimResponseError} When the server says no, or fails until tries or budget are used up.
 * @throws {ScimTransportError} When no usable answer came.
 * @throws {TypeError} When the server's profile says that it does not take the request.
 */
export async function sendRequest(connection: Connection, given: Call): Promise<Answer> {
  const rules = connection.rules && (await connection.rules())
  const call = rules?.prepare(given) ?? given
  const { scope, settle } = call
  /** Whether a try may have been applied, and whether no look has shown since that it was not. */
  let doubtful = false
  let unsettled = false
  let renewed: string | undefined
  for (let tries = 1; ; tries++) {
    const attempt: Attempt = { authorization: renewed, rules }
    try {
      return await tryOnce(connection, call, attempt)
    } catch (error) {
      if (renewed === undefined && isUnauthorized(error) && attempt.authorization !== undefined) {
        renewed = await authorize(connection, call, attempt.authorization)
        if (renewed === attempt.authorization) throw error // the same value would only be refused once more
        continue
      }
      const failure = call.isFinal?.(error) ? 'final' : judgeFailure(error)
      const delay = failure === 'final' ? 0 : nextDelay(error, tries)
      const event = { tries, delay, error }
      if (error instanceof ScimResponseError && error.status === 429) {
        connection.hooks.onRateLimit?.(event)
        slowDown(connection, { call, rules, error })
      }
      const trace = doubtful && mayBeOwnTrace(error)
      if (failure === 'doubtful' || isUnknown(error)) {
        doubtful = true
        unsettled = !isRead(call)
      }
      if (delay >= scope.remaining() || (failure === 'final' && !trace && !isUnknown(error))) {
        throw unsettled ? asUnknown(error) : error
      }
      const again = failure !== 'final' && tries <= connection.retries
      if (again) {
        connection.hooks.onRetry?.(event)
        await wait(delay, scope.signal)
      }
      const answer = failure === 'refused' ? undefined : await settle?.(error)
      if (answer) return answer
      if (failure !== 'refused' && looksBeforeRepeat(call)) unsettled = false
      if (!again) throw unsettled ? asUnknown(error) : error
    }
  }
}

interface Attempt {
  /** Value of the Authorization header; before the attempt only when it has just been renewed. */
  authorization: string | undefined
  readonly rules: ServerRules | undefined
}

async function tryOnce(connection: Connection, call: Call, attempt: Attempt): Promise<Answer> {
  const { scope } = call
  const leave = await beforeSending(connection, call, () => awaitTurn(connection, call, attempt.rules))
  try {
    scope.begin()
    attempt.authorization ??= await authorize(connection, call)
    return await exchange(connection, call, attempt.authorization)
  } finally {
    leave()
  }
}

/** A 429 that comes while a call is in line sends it back to the line's end. */
async function awaitTurn(connection: Connection, call: Call, rules: ServerRules | undefined): Promise<() => void> {
  const { pause } = connection
  const gate = gateOf(connection)
  const { scope } = call
  for (;;) {
    await awaitPause(pause, scope)
    await rules?.pace(call)
    if (isPaused(pause)) continue
    const limit = { signal: scope.signal, milliseconds: scope.remaining() }
    const leave = await gate.enter(limit, limit.milliseconds < Infinity)
    if (!isPaused(pause)) return leave
    leave()
  }
}

/** What a server asks one call to do concerns all: its limits are counted for the client. */
function slowDown(
  connection: Connection,
  {
    call,
    rules,
    error,
  }: { readonly call: Call; readonly rules: ServerRules | undefined; readonly error: ScimResponseError },
): void {
  const asked = readRetryAfter(error.response.headers) ?? 0
  extendPause(connection.pause, asked, error)
  rules?.slow(call, asked)
}

async function authorize(connection: Connection, call: Call, rejected?: string): Promise<string | undefined> {
  const { authenticate } = connection
  if (!authenticate) return undefined
  const limit = { signal: call.scope.signal, milliseconds: Math.min(call.scope.timeout, call.scope.remaining()) }
  return beforeSending(connection, call, () => runWithin(limit, async () => toHeader(await authenticate(rejected))))
}

/** What fails before a request is sent changes nothing at the server. */
async function beforeSending<T>(connection: Connection, call: Call, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    call.scope.signal?.throwIfAborted()
    const { method, path } = call
    const request = { method, path, url: connection.baseUrl + path }
    if (cause instanceof OutOfTime) {
      const message = describeRequest(request, undefined, 'The request was not sent in time')
      throw new ScimTransportError('timeout', message, { outcome: 'not-applied', cause: cause.cause ?? cause })
    }
    // What a function of the caller throws may quote a token; a TokenError of ours does not.
    const why = cause instanceof Error && cause.name === 'TokenError' ? cause.message : 'No credentials could be had'
    const message = `${why}; ${describeRequest(request, undefined, 'The request was not sent')}`
    throw new ScimTransportError('network', message, { outcome: 'not-applied', cause })
  }
}

/** Whatever a function of the caller gives; the error that `fetch` makes of a wrong one quotes it. */
function toHeader(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`authenticate gave ${typeof value}, not the Authorization header`)
  if (!/^[\t\x20-\x7e]+$/.test(value)) throw new TypeError('authenticate gave what cannot stand in a header')
  return value
}

/** Whether the call's own look says of a doubtful try that it was not applied; that of PUT and DELETE knows only errors. */
function looksBeforeRepeat({ method, settle }: Call): boolean {
  return settle !== undefined && (method === 'POST' || method === 'PATCH')
}

/** A try that was not even sent says nothing about those before it. */
function asUnknown(error: unknown): unknown {
  return error instanceof ScimTransportError && error.outcome === 'not-applied'
    ? unknownOutcome('It is unknown whether an earlier try was applied; the last one was not sent', error)
    : error
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof ScimResponseError && error.status === 401
}

function isUnknown(error: unknown): boolean {
  return error instanceof ScimTransportError && error.outcome === 'unknown'
}

/** Whether an error may come from the first try's success: gone already, taken by oneself, changed by oneself. */
function mayBeOwnTrace(error: unknown): boolean {
  return error instanceof ScimResponseError && [404, 409, 412].includes(error.status)
}
