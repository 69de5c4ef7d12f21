import { defineExtension, defineSchema, type Present, type SchemaExtension } from '@scimkit/core/schema'

/** URN of the extension that the type tests use. */
export type AcmeUrn = 'urn:acme:scim:2.0:User'

interface AcmeBadge {
  value?: string | undefined
  type?: 'door' | 'desk' | (string & {}) | undefined
}

/** Extension as it is read. */
export interface AcmeUser {
  badgeNumber?: number | undefined
  hired?: string | undefined
  readonly seat?: string | undefined
  badges?: AcmeBadge[] | undefined
  desk?: { floor?: number | undefined; room?: string | undefined } | undefined
}

/** Extension as it is written. */
export interface AcmeUserInput {
  badgeNumber?: number | null | undefined
  hired?: string | null | undefined
  badges?: AcmeBadge[] | null | undefined
  desk?: { floor?: number | null | undefined; room?: string | null | undefined } | null | undefined
}

/** Paths of the extension. */
export interface AcmeUserPaths {
  read: {
    'urn:acme:scim:2.0:User': Present
    'urn:acme:scim:2.0:User:badgeNumber': number
    'urn:acme:scim:2.0:User:hired': string
    'urn:acme:scim:2.0:User:seat': string
    'urn:acme:scim:2.0:User:badges': string
    'urn:acme:scim:2.0:User:badges.value': string
    'urn:acme:scim:2.0:User:desk': Present
    'urn:acme:scim:2.0:User:desk.floor': number
    'urn:acme:scim:2.0:User:desk.room': string
  }
  write: {
    'urn:acme:scim:2.0:User': AcmeUserInput
    'urn:acme:scim:2.0:User:badgeNumber': number
    'urn:acme:scim:2.0:User:hired': string
    'urn:acme:scim:2.0:User:badges': AcmeBadge[] | AcmeBadge
    [element: `urn:acme:scim:2.0:User:badges[${string}]`]: AcmeBadge
    [element: `urn:acme:scim:2.0:User:badges[${string}].value`]: string
    'urn:acme:scim:2.0:User:desk': NonNullable<AcmeUserInput['desk']>
    'urn:acme:scim:2.0:User:desk.floor': number
    'urn:acme:scim:2.0:User:desk.room': string
  }
  elements: { 'urn:acme:scim:2.0:User:badges': { value: string; type: string } }
}

/** An extension of our own. */
export const acmeUser: SchemaExtension<AcmeUrn, AcmeUser, AcmeUserInput, AcmeUserPaths> = defineExtension({
  schema: defineSchema({
    id: 'urn:acme:scim:2.0:User',
    name: 'AcmeUser',
    attributes: [
      { name: 'badgeNumber', type: 'integer' },
      { name: 'hired', type: 'dateTime' },
      { name: 'seat', mutability: 'readOnly' },
      { name: 'badges', type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }, { name: 'type' }] },
      { name: 'desk', type: 'complex', subAttributes: [{ name: 'floor', type: 'integer' }, { name: 'room' }] },
    ],
  }),
  describe: () => Promise.reject(new Error('The type tests need no descriptions')),
})
