import { type ResourceDefinition, resourceFromSchemas } from '@scimkit/core'

/** URN of the schema below. */
export const deviceUrn = 'urn:example:params:scim:schemas:Device'

/** A type known only at run time, with an attribute for each characteristic that the server must keep. */
export const deviceResource: ResourceDefinition = resourceFromSchemas(
  [
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: deviceUrn,
      name: 'Device',
      attributes: [
        attribute('name', { required: true }),
        attribute('serial', { mutability: 'immutable', caseExact: true, uniqueness: 'server' }),
        attribute('state', { mutability: 'readOnly' }),
        attribute('pin', { mutability: 'writeOnly', returned: 'never' }),
        attribute('secretNote', { returned: 'never' }),
        attribute('notes', { returned: 'request' }),
        attribute('label', { returned: 'always' }),
        attribute('floor', { type: 'integer' }),
        attribute('weight', { type: 'decimal' }),
        attribute('bought', { type: 'dateTime' }),
        attribute('certificate', { type: 'binary', caseExact: true }),
        attribute('owner', {
          type: 'complex',
          subAttributes: [
            attribute('value', { caseExact: true }),
            attribute('$ref', { type: 'reference', referenceTypes: ['User'] }),
            attribute('since', { mutability: 'immutable' }),
          ],
        }),
        attribute('tags', { multiValued: true }),
        attribute('ports', {
          type: 'complex',
          multiValued: true,
          subAttributes: [
            attribute('value', { type: 'integer' }),
            attribute('type'),
            attribute('primary', { type: 'boolean' }),
          ],
        }),
      ],
    },
  ],
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'Device',
    name: 'Device',
    endpoint: '/Devices',
    schema: deviceUrn,
  },
)

/** Makes an attribute of a schema document. */
export function attribute(name: string, characteristics: object = {}): object {
  return {
    name,
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    description: `The ${name} of a device`,
    ...characteristics,
  }
}
