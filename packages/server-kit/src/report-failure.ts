import type { RequestInfo } from './handler-options.js'
import type { Service } from './service.js'

/**
 * Tells the application about a failure that a client only sees as 500, or as an answer that breaks off.
 *
 * @param service Service provider.
 * @param error What was thrown.
 * @param info Request that failed.
 */
export function reportFailure(service: Service, error: unknown, info: RequestInfo): void {
  try {
    service.onError(error, info)
  } catch {
    // A reporter that fails must not take the answer with it.
  }
}
