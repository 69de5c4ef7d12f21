import type { HookContext } from '../service/scim-change.js'

/**
 * Calls into the application and waits for a limited time.
 *
 * @param milliseconds time after which the call counts as failed; what it does later is ignored.
 * @param what What is called, for the message.
 * @param call The call; its signal is aborted when the time is over.
 * @returns What the call returned.
 * @throws {Error} What the call threw, or that it took too long.
 */
export async function runWithin<R>(
  milliseconds: number,
  what: string,
  call: (context: HookContext) => R | Promise<R>,
): Promise<R> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`${what} has not settled within ${milliseconds} ms (limits.hookTimeout)`)
      controller.abort(error)
      reject(error)
    }, milliseconds)
  })
  try {
    return await Promise.race([call({ signal: controller.signal }), late])
  } finally {
    clearTimeout(timer)
  }
}
