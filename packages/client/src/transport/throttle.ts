import type { Call } from './call.js'
import type { Connection } from './connection.js'
import type { ScimResponseError } from './errors.js'
import { oncePerClient } from './once.js'
import { readRetryAfter } from './retry-delay.js'
import { OutOfTime, runWithin, type TimeLimit, wait } from './run-within.js'
import type { ServerRules } from './server-rules.js'

/** Holds requests back while too many are under way, a 429 asks for a pause, or the server's known rates forbid them. */
export interface Throttle {
  /**
   * Waits until a call may send.
   *
   * @returns The function that ends its turn.
   * @throws {OutOfTime} When the wait does not fit the call's budget; for a pause at once, its cause the 429.
   */
  enter(call: Call): Promise<() => void>
  /** Learns from a 429: what a server asks of one call concerns all, since it counts requests by client. */
  slow(call: Call, error: ScimResponseError, rules: ServerRules | undefined): void
}

/** The throttle of a client. */
export const throttleOf: (connection: Connection) => Throttle = /* @__PURE__ */ oncePerClient(createThrottle)

function createThrottle({ concurrency, rules }: Connection): Throttle {
  const gate = createGate(concurrency)
  const pause = createPause()
  return {
    async enter(call) {
      const { scope } = call
      // A 429 that comes while a call is in line sends it back to the end of the line.
      for (;;) {
        await pause.wait(scope)
        if (rules) await (await rules()).pace(call)
        if (pause.isOn()) continue
        const limit = { signal: scope.signal, milliseconds: scope.remaining() }
        const leave = await gate.enter(limit, limit.milliseconds < Infinity)
        if (!pause.isOn()) return leave
        leave()
      }
    },
    slow(call, error, rules) {
      const milliseconds = readRetryAfter(error.response.headers) ?? 0
      pause.extend(milliseconds, error)
      rules?.slow(call, milliseconds)
    },
  }
}

/** A time in which the client sends nothing. */
interface Pause {
  isOn(): boolean
  /** Begins it, or makes it longer; `cause` is the 429 that asks for it. */
  extend(milliseconds: number, cause: unknown): void
  /** Waits until it is over. */
  wait(scope: Call['scope']): Promise<void>
}

function createPause(): Pause {
  let until = 0
  let cause: unknown
  const isOn = (): boolean => performance.now() < until
  return {
    isOn,
    extend(milliseconds, error) {
      const end = performance.now() + milliseconds
      if (end <= until) return
      until = end
      cause = error
    },
    async wait({ fits, signal }) {
      while (isOn()) {
        const milliseconds = until - performance.now()
        if (!fits(milliseconds)) throw new OutOfTime('The server asked for a pause', { cause })
        await wait(milliseconds, signal)
      }
    },
  }
}

/** Lets a limited number of requests be under way at once; the others wait in line. */
interface Gate {
  /**
   * Waits for a turn.
   *
   * @param limit How long to wait.
   * @param again Whether the call has had a turn before; such calls go first, since their budget is running.
   * @returns The function that ends the turn.
   */
  enter(limit: TimeLimit, again: boolean): Promise<() => void>
}

function createGate(size: number): Gate {
  let running = 0
  const repeats = new Set<() => void>()
  const newcomers = new Set<() => void>()
  const leave = (): void => {
    for (const line of [repeats, newcomers]) {
      for (const next of line) {
        line.delete(next)
        next() // the turn changes hands, so `running` stays
        return
      }
    }
    running--
  }
  return {
    async enter(limit, again) {
      if (running < size) {
        running++
        return leave
      }
      const line = again ? repeats : newcomers
      let next: (() => void) | undefined
      try {
        await runWithin(limit, () => {
          return new Promise<void>((resolve) => {
            next = resolve
            line.add(resolve)
          })
        })
      } catch (error) {
        if (next && !line.delete(next)) leave() // the turn came in the same moment: pass it on
        throw error
      }
      return leave
    },
  }
}
