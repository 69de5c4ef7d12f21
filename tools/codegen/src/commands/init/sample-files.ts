import { relative } from 'node:path'
import { urns } from '@scimkit/core/documents'
import { toSlashes } from '../../input/expand-pattern.js'

const extension = 'urn:example:params:scim:schemas:extension:acme:2.0:User'
const schemaFile = 'acme-user.json'
const resourceTypesFile = 'resource-types.json'

/**
 * Returns the sample that `init` writes where there is no schema yet: an extension of User, and the resource type that
 * carries it. Editors find the JSON Schemas of both in the installed package.
 *
 * @param folder Folder that the files will be in.
 * @returns Text by file name.
 */
export function sampleFiles(folder: string): ReadonlyMap<string, string> {
  const editors = (name: string) => toSlashes(relative(folder, `node_modules/@scimkit/codegen/schemas/${name}.json`))
  const attribute = (name: string, type: string, description: string, more: object = {}) => ({
    name,
    type,
    multiValued: false,
    description,
    required: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...more,
  })
  const schema = {
    $schema: editors('schema'),
    schemas: [urns.schema],
    id: extension,
    name: 'Acme User',
    description: 'What Acme keeps about the people who work there.',
    attributes: [
      attribute('badgeNumber', 'integer', 'Number printed on the badge.', { uniqueness: 'server' }),
      attribute('costCenter', 'string', 'Who pays for the person.', { caseExact: true }),
      attribute('skills', 'string', 'What colleagues may ask about.', { multiValued: true, caseExact: false }),
    ],
  }
  const user = {
    $schema: editors('resource-type'),
    schemas: [urns.resourceType],
    id: 'User',
    name: 'User',
    description: 'Someone who works at Acme.',
    endpoint: '/Users',
    schema: urns.user,
    schemaExtensions: [
      { schema: urns.enterpriseUser, required: false },
      { schema: extension, required: false },
    ],
  }
  return new Map([
    [schemaFile, `${JSON.stringify(schema, null, 2)}\n`],
    [resourceTypesFile, `${JSON.stringify(user, null, 2)}\n`],
  ])
}
