import {
  canonicalizeNames,
  checkResource,
  ScimError as Fault,
  type ResourceDefinition,
  type ScimError,
} from '@scimkit/core/schema'
import type { CallResponse } from '../transport/call.js'
import { ScimTransportError } from '../transport/errors.js'
import type { ReceivedResource } from './read-resource.js'

/** A resource that its definition does not allow. */
export interface InvalidResource {
  readonly id: string
  /** Name of the resource type. */
  readonly resourceType: string
  /** What is wrong, by attribute path. */
  readonly error: ScimError
}

/** How a resource is inspected. */
export interface Inspection {
  readonly mode: 'warn' | 'strict'
  readonly response: CallResponse
  readonly onInvalid: ((invalid: InvalidResource) => void) | undefined
}

/**
 * Checks a resource that a server has sent. Names in another spelling and what the validator adds are not faults.
 *
 * @param definition Definition with validators.
 * @param resource The resource.
 * @param inspection What to do with a fault.
 * @throws {ScimTransportError} `invalid-response` in mode `strict`.
 */
export function inspectResource(
  definition: ResourceDefinition,
  resource: ReceivedResource,
  { mode, response, onInvalid }: Inspection,
): void {
  const error = findInvalidity(definition, resource)
  if (!error) return
  if (mode === 'strict') {
    const outcome = response.request.method === 'GET' ? 'not-applied' : 'unknown'
    const { request, status } = response
    const message = `The response is not a valid ${definition.name}: ${error.detail}`
    throw new ScimTransportError('invalid-response', message, { outcome, cause: error, request, status })
  }
  const invalid = { id: resource.id, resourceType: definition.name, error }
  if (onInvalid) onInvalid(invalid)
  else console.warn(`${definition.name} ${resource.id} is not valid: ${error.detail}`)
}

function findInvalidity(definition: ResourceDefinition, resource: ReceivedResource): ScimError | undefined {
  try {
    checkResource(definition, canonicalizeNames(definition, resource).resource, 'resource')
    return undefined
  } catch (error) {
    if (!Fault.is(error)) throw error
    return error
  }
}
