import { isObject, type JsonObject } from '../json.js'
import { foldCase } from '../text/fold-case.js'
import { type DocumentFaults, showValue } from './document-faults.js'
import { MemberReader } from './read-member.js'
import type { ResourceTypeDocument } from './schema-document.js'

const members = ['id', 'name', 'description', 'endpoint', 'schema', 'schemaExtensions']
const endpointPath = /^(\/[a-z0-9._~-]+)+$/i
const longestName = 256
const noSchema = 'schema is missing; write the URI of a schema'

/**
 * Reads a ResourceType document.
 *
 * @param source The document.
 * @param place Put before the paths of faults.
 * @param faults Where faults go.
 * @returns The document; `undefined` when a fault leaves nothing to work with.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-6
 */
export function readResourceType(
  source: JsonObject,
  place: string,
  faults: DocumentFaults,
): ResourceTypeDocument | undefined {
  const member = new MemberReader(source, place, faults).checkSpelling(members)
  const name = member.text('name')
  if (!name || name.length > longestName) {
    faults.add(
      place,
      name ? `the name has ${name.length} characters; ${longestName} are allowed` : 'name is missing; add "name"',
    )
  }
  const endpoint = readEndpoint(member)
  const schema = member.uri('schema', noSchema)
  const schemaExtensions = readExtensions(member)
  if (!name || endpoint === undefined || schema === undefined) return undefined
  return { name, endpoint, description: member.text('description'), schema, schemaExtensions, source }
}

function readEndpoint(member: MemberReader): string | undefined {
  const value = member.text('endpoint')
  const endpoint = value === undefined || value.startsWith('/') ? value : `/${value}`
  if (endpoint !== undefined && endpointPath.test(endpoint)) return endpoint
  const way = 'write a path below the service root, such as /Users'
  member.faults.add(member.path, `endpoint is ${value === undefined ? 'missing' : showValue(value)}; ${way}`)
  return undefined
}

function readExtensions(member: MemberReader): ResourceTypeDocument['schemaExtensions'] {
  const value = member.get('schemaExtensions') ?? []
  if (!Array.isArray(value)) {
    member.faults.add(member.path, `schemaExtensions is ${showValue(value)}; write a list of objects with "schema"`)
    return []
  }
  const extensions: { schema: string; required: boolean }[] = []
  for (const [position, source] of value.entries()) {
    const path = `${member.path === '' ? '' : `${member.path}.`}schemaExtensions[${position}]`
    if (!isObject(source)) {
      member.faults.add(path, `an extension must be an object, not ${showValue(source)}; write one with "schema"`)
      continue
    }
    const entry = new MemberReader(source, path, member.faults).checkSpelling(['schema', 'required'])
    const schema = entry.uri('schema', noSchema)
    const required = entry.boolean('required') ?? false
    if (schema === undefined) continue
    if (extensions.some((known) => foldCase(known.schema) === foldCase(schema))) {
      member.faults.add(path, `${schema} is listed twice; list it once`, 'the first alone')
      continue
    }
    extensions.push({ schema, required })
  }
  return extensions
}
