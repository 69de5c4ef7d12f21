import { defineExtension, defineResource, defineSchema, type ResourceDefinition } from '@scimkit/core/schema'

const describe = () => Promise.reject(new Error('no document'))

export const badgeUrn = 'urn:example:badge:2.0:Thing'

/** A definition with every type, case rule and plurality that a filter can meet. */
export const thingResource: ResourceDefinition = defineResource<unknown, unknown, unknown>({
  name: 'Thing',
  endpoint: '/Things',
  describe,
  schema: defineSchema({
    id: 'urn:example:core:2.0:Thing',
    name: 'Thing',
    attributes: [
      { name: 'title' },
      { name: 'code', caseExact: true },
      { name: 'active', type: 'boolean' },
      { name: 'count', type: 'integer' },
      { name: 'ratio', type: 'decimal' },
      { name: 'at', type: 'dateTime' },
      { name: 'blob', type: 'binary' },
      { name: 'link', type: 'reference', referenceTypes: ['external'] },
      { name: 'peer', type: 'reference', referenceTypes: ['Thing'] },
      { name: 'secret', returned: 'never' },
      { name: 'person', type: 'complex', subAttributes: [{ name: 'first' }, { name: 'last', caseExact: true }] },
      {
        name: 'party',
        type: 'complex',
        subAttributes: [
          { name: 'name' },
          { name: 'kinds', multiValued: true },
          { name: 'scores', type: 'integer', multiValued: true },
          { name: 'dates', type: 'dateTime', multiValued: true },
        ],
      },
      {
        name: 'rows',
        type: 'complex',
        multiValued: true,
        subAttributes: [
          { name: 'value' },
          { name: 'kinds', multiValued: true, caseExact: true },
          { name: 'scores', type: 'decimal', multiValued: true },
        ],
      },
      { name: 'owner', type: 'complex', subAttributes: [{ name: 'value', caseExact: true }, { name: 'display' }] },
      {
        name: 'emails',
        type: 'complex',
        multiValued: true,
        subAttributes: [
          { name: 'value' },
          { name: 'type', caseExact: true },
          { name: 'primary', type: 'boolean' },
          { name: 'rank', type: 'integer' },
          { name: 'since', type: 'dateTime' },
        ],
      },
      {
        name: 'phones',
        type: 'complex',
        multiValued: true,
        subAttributes: [
          { name: 'value' },
          { name: 'type', caseExact: true },
          { name: 'primary', type: 'boolean' },
          { name: 'rank', type: 'decimal' },
          { name: 'since', type: 'dateTime' },
        ],
      },
      { name: 'tags', multiValued: true },
      { name: 'marks', multiValued: true, caseExact: true },
    ],
  }),
}).extend(
  defineExtension<typeof badgeUrn, unknown, unknown, unknown>({
    describe,
    schema: defineSchema({
      id: badgeUrn,
      name: 'Badge',
      attributes: [
        { name: 'number', caseExact: true },
        { name: 'level', type: 'integer' },
        { name: 'issued', type: 'dateTime' },
        { name: 'zones', multiValued: true },
        {
          name: 'holder',
          type: 'complex',
          subAttributes: [{ name: 'value' }, { name: 'dates', type: 'dateTime', multiValued: true }],
        },
      ],
    }),
  }),
)
