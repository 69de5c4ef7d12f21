import { type Authorization, beforeSending, createAuthorization } from './authorization.js'
import { type Call, type CallResponse, isRead } from './call.js'
import type { Connection } from './connection.js'
import { type Doubt, decide } from './decide.js'
import { ScimResponseError, ScimTransportError } from './errors.js'
import { exchange } from './exchange.js'
import { unknownOutcome } from './outcome.js'
import { wait } from './run-within.js'
import { throttleOf } from './throttle.js'

/**
 * Sends a request until it has a response: again where that is safe, and after a look-up where it is not. What happens
 * after a failed attempt is decided by {@link decide}.
 *
 * @param connection What the client's calls share.
 * @param given The request.
 * @returns The response, its status 2xx and without fault.
 * @throws {ScimResponseError} When the server refuses, or fails until attempts or budget are used up.
 * @throws {ScimTransportError} When no usable response came.
 * @throws {TypeError} When the server's profile says that it does not accept the request.
 */
export async function sendRequest(connection: Connection, given: Call): Promise<CallResponse> {
  const rules = connection.rules && (await connection.rules())
  const call = rules?.prepare(given) ?? given
  const authorization = createAuthorization(connection, call)
  const { retries, hooks } = connection
  let doubt: Doubt = 'none'
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt(connection, call, authorization)
    } catch (error) {
      if (authorization.renewAfter(error)) continue
      const decision = decide(error, { ...factsOf(call, error), attempts, retries, doubt, random: Math.random() })
      const event = { attempts, delay: decision.delay, error }
      if (error instanceof ScimResponseError && error.status === 429) {
        hooks.onRateLimit?.(event)
        throttleOf(connection).slow(call, error, rules)
      }
      doubt = decision.doubt
      if (decision.again) {
        hooks.onRetry?.(event)
        await wait(decision.delay, call.scope.signal)
      }
      if (decision.action === 'settle') {
        const response = await call.settle?.(error)
        if (response) return response
        if (looksAtServer(call)) doubt = 'settled'
      }
      if (!decision.again) throw doubt === 'open' ? withUnknownOutcome(error) : error
    }
  }
}

async function attempt(connection: Connection, call: Call, authorization: Authorization): Promise<CallResponse> {
  const leave = await beforeSending(connection, call, () => throttleOf(connection).enter(call))
  try {
    call.scope.begin()
    return await exchange(connection, call, await authorization.header())
  } finally {
    leave()
  }
}

function factsOf(call: Call, error: unknown) {
  return {
    remaining: call.scope.remaining(),
    reads: isRead(call),
    canSettle: call.settle !== undefined,
    isFinal: call.isFinal?.(error) ?? false,
  }
}

/** Whether settling shows that an ambiguous attempt was not applied; for PUT and DELETE it only judges the error. */
function looksAtServer({ method }: Call): boolean {
  return method === 'POST' || method === 'PATCH'
}

/** An attempt that was not even sent says nothing about those before it. */
function withUnknownOutcome(error: unknown): unknown {
  return error instanceof ScimTransportError && error.outcome === 'not-applied'
    ? unknownOutcome('It is unknown whether an earlier attempt was applied; the last one was not sent', error)
    : error
}
