import { groupResource, type ResourceDefinition, resourceFromSchemas } from '@scimkit/core'
import { mount } from '../../src/index.js'
import { attribute } from './device.js'
import { type HostOptions, testUser } from './host.js'

/** URN of the schema below. */
export const ticketUrn = 'urn:example:params:scim:schemas:Ticket'
/** URN of its extension. */
export const plan = 'urn:example:params:scim:schemas:extension:plan:Ticket'

const schemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:Schema'
const person = {
  type: 'complex',
  subAttributes: [
    attribute('value', { caseExact: true }),
    attribute('$ref', { type: 'reference', referenceTypes: ['User'] }),
    attribute('role'),
  ],
}

/** References of every form, in the base schema and in an extension, and texts beside them. */
const ticketResource: ResourceDefinition = resourceFromSchemas(
  [
    {
      schemas: [schemaUrn],
      id: ticketUrn,
      name: 'Ticket',
      attributes: [
        attribute('name', { required: true }),
        attribute('labels', { multiValued: true }),
        attribute('opener', person),
        attribute('watchers', { ...person, multiValued: true }),
        attribute('page', { type: 'reference', referenceTypes: ['User'] }),
        attribute('pages', { type: 'reference', referenceTypes: ['User'], multiValued: true }),
        attribute('site', { type: 'reference', referenceTypes: ['external'] }),
      ],
    },
    {
      schemas: [schemaUrn],
      id: plan,
      name: 'Plan',
      attributes: [
        attribute('motto'),
        attribute('owner', person),
        attribute('helpers', { ...person, multiValued: true }),
      ],
    },
  ],
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'Ticket',
    name: 'Ticket',
    endpoint: '/Tickets',
    schema: ticketUrn,
    schemaExtensions: [{ schema: plan, required: false }],
  },
)

/** Options of a service provider with users, groups and tickets. */
export const withTickets: HostOptions = {
  resources: (store) => [mount(testUser, store), mount(groupResource, store), mount(ticketResource, store)],
}
