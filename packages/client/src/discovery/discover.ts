import { isObject } from '@scimkit/core/internal'
import type { ResourceDefinition, ResourceType, Schema, ServiceProviderConfig } from '@scimkit/core/schema'
import { type CallScope, createScope } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'
import { isErrorBody } from '../transport/error-body.js'
import { ScimResponseError } from '../transport/errors.js'
import { checkRequestOptions, type RequestOptions } from '../transport/request-options.js'
import { sendRequest } from '../transport/send-request.js'
import { type DiscoveryFinding, findDiscoveryFaults } from './find-discovery-faults.js'

/** What a service provider says about itself. */
export interface Discovery {
  /** `undefined` where the server has no such endpoint; the same for the two others. */
  readonly serviceProviderConfig: ServiceProviderConfig | undefined
  readonly resourceTypes: readonly ResourceType[] | undefined
  readonly schemas: readonly Schema[] | undefined
  /** Where the documents are missing, at odds with each other or with the client's definitions. */
  readonly findings: readonly DiscoveryFinding[]
}

/**
 * Reads the three discovery endpoints at once, and compares what they say with each other and with the definitions.
 *
 * @param connection What the client's calls share.
 * @param definitions What the client takes the server's resources for.
 * @param options Options of the call.
 * @returns The documents as the server sent them, and what is wrong with them.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
export async function discover(
  connection: Connection,
  definitions: readonly ResourceDefinition[],
  options: RequestOptions,
): Promise<Discovery> {
  checkRequestOptions('discover', options)
  const scope = createScope(options, connection)
  const [config, resourceTypes, schemas] = await Promise.all([
    readConfig(connection, scope),
    readDocument(connection, '/ResourceTypes', scope),
    readDocument(connection, '/Schemas', scope),
  ])
  const serviceProviderConfig = config.document
  const lists = { resourceTypes: listed(resourceTypes), schemas: listed(schemas) }
  return {
    serviceProviderConfig,
    resourceTypes: lists.resourceTypes as readonly ResourceType[] | undefined, // believed, like all that servers say
    schemas: lists.schemas as readonly Schema[] | undefined, // believed
    findings: [...config.findings, ...findDiscoveryFaults({ serviceProviderConfig, ...lists }, definitions)],
  }
}

/**
 * Reads what the service provider supports; some have it where SCIM 1.1 had it.
 *
 * @param connection What the client's calls share.
 * @param scope Scope of the call.
 * @returns The document as the server sent it; `undefined` where the server has none.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-5
 */
export async function readServiceProviderConfig(
  connection: Connection,
  scope: CallScope,
): Promise<ServiceProviderConfig | undefined> {
  return (await readConfig(connection, scope)).document
}

interface Config {
  readonly document: ServiceProviderConfig | undefined
  readonly findings: readonly DiscoveryFinding[]
}

async function readConfig(connection: Connection, scope: CallScope): Promise<Config> {
  const { learned } = connection
  const document = await readDocument(connection, '/ServiceProviderConfig', scope)
  if (document !== undefined) {
    learned.config = document as ServiceProviderConfig // believed
    return { document: learned.config, findings: [] }
  }
  const old = await readDocument(connection, '/ServiceProviderConfigs', scope).catch(() =>
    scope.signal?.throwIfAborted(),
  )
  if (old === undefined) return { document: undefined, findings: [] }
  const detail = 'is at /ServiceProviderConfigs, the name of SCIM 1.1'
  learned.config = old as ServiceProviderConfig // believed
  return {
    document: learned.config,
    findings: [{ document: 'ServiceProviderConfig', path: '', detail, weight: 'difference' }],
  }
}

async function readDocument(connection: Connection, path: string, scope: CallScope): Promise<unknown> {
  try {
    const findFault = ({ body }: { body: unknown }) =>
      isObject(body) || Array.isArray(body) ? undefined : 'is not a document'
    const { body } = await sendRequest(connection, { method: 'GET', path, scope, findFault })
    return isErrorBody(body) ? undefined : body
  } catch (error) {
    if (error instanceof ScimResponseError && (error.status === 404 || error.status === 501)) return undefined
    throw error
  }
}

/** A ListResponse by the RFC; some servers send the bare list, or null for an empty one. */
function listed(body: unknown): unknown {
  if (!isObject(body)) return body
  return body.Resources === null ? [] : body.Resources
}
