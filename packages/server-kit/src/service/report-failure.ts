import type { RequestInfo } from './handler-options.js'
import type { Service } from './service.js'

/**
 * Reports a failure that a client only sees as a 500, or as a response that breaks off.
 *
 * @param service Service provider.
 * @param error What was thrown.
 * @param info Request that failed.
 */
export function reportFailure(service: Service, error: unknown, info: RequestInfo): void {
  try {
    service.onError(error, info)
  } catch {
    // A reporter that fails must not take the response with it.
  }
}

/**
 * Prints a failure with the request id that its client was given: an error that goes unnoticed is worse than a line on
 * the console.
 *
 * @param error What was thrown.
 * @param info Request that failed, and the change whose hook did.
 */
export function printFailure(error: unknown, { requestId, method, change }: RequestInfo): void {
  const request = requestId === '' ? method : `${method}, request ${requestId}`
  if (!change) {
    console.error(`SCIM: ${request} failed:`, error)
    return
  }
  const { kind, resourceType, id, changeId, attempts, isParked } = change
  const parked = isParked ? '; it is parked until pending().retry(changeId) tells it again' : ''
  console.error(
    `SCIM: hooks.after.${kind} of ${resourceType} ${id} failed, attempt ${attempts} (${request}, change ${changeId})${parked}:`,
    error,
  )
}
