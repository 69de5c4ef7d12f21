import { urns } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { acme, ada, enterprise, patch, payroll, refusal, user } from '../../test/patch/definitions.js'

type Operations = readonly unknown[]

const changed = (operations: Operations, resource: object = ada) => patch(user, resource, operations).resource
const refused = (operations: Operations, resource: object = ada) => refusal(() => patch(user, resource, operations))

describe('PA-6: extensions and schemas', () => {
  it('the first attribute of an extension adds its URN, the last one takes it away', () => {
    const added = changed([{ op: 'add', path: `${acme}:costShare`, value: 0.5 }])
    expect(added.schemas).toEqual([urns.user, enterprise, acme])
    expect(added[acme]).toEqual({ costShare: 0.5 })
    const removed = changed([{ op: 'remove', path: `${acme}:costShare` }], added)
    expect(removed.schemas).toEqual([urns.user, enterprise])
    expect(Object.hasOwn(removed, acme)).toBe(false)
    expect(changed([{ op: 'replace', path: `${acme}:costShare`, value: null }], added)).toEqual(removed)
  })

  it('a resource without schemas gets the base schema with the extension', () => {
    const { schemas, ...rest } = ada
    expect(changed([{ op: 'add', path: 'costShare', value: 1 }], rest).schemas).toEqual([urns.user, acme])
    expect(schemas).toBeDefined()
  })

  it('the container is merged through its bare URN, and dropped by remove or null', () => {
    const value = { costCenter: 'C1', department: null, manager: { $ref: '../Users/u2' }, colour: 'red' }
    const { resource, rules } = patch(user, ada, [{ op: 'replace', path: enterprise, value }])
    const manager = { value: 'u2', displayName: 'Charles', $ref: '../Users/u2' }
    expect(resource[enterprise]).toEqual({ costCenter: 'C1', manager })
    expect(rules).toEqual(['ignoreUnknownAttributes'])
    for (const operation of [
      { op: 'remove', path: enterprise },
      { op: 'replace', path: enterprise, value: null },
      { op: 'replace', value: { [enterprise.toUpperCase()]: null } },
    ]) {
      const dropped = changed([operation])
      expect(dropped.schemas).toEqual([urns.user])
      expect(Object.hasOwn(dropped, enterprise)).toBe(false)
    }
    expect(changed([{ op: 'add', path: enterprise, value: null }])).toBe(ada)
    expect(changed([{ op: 'remove', path: acme }])).toBe(ada)
    expect(refused([{ op: 'replace', path: enterprise, value: 'x' }])).toBe('invalidValue')
    expect(refused([{ op: 'replace', path: enterprise, value: ['x'] }])).toBe('invalidValue')
  })

  it('a removal of what is not there leaves an extension listed that has no container', () => {
    const listed = { ...ada, schemas: [urns.user, enterprise, acme] }
    expect(changed([{ op: 'remove', path: `${acme}:costShare` }], listed)).toBe(listed)
  })

  it('errors and notes name the extension', () => {
    const call = () => patch(user, ada, [{ op: 'replace', path: enterprise, value: 'x' }])
    expect(call).toThrow(`${enterprise} must be an object`)
    const { notes } = patch(user, ada, [{ op: 'add', path: enterprise, value: { colour: 'red' } }])
    expect(notes.map(({ path }) => path)).toEqual([`${enterprise}:colour`])
  })

  it('what a client cannot remove stays in a container that is dropped', () => {
    const cleared = { ...ada, [acme]: { clearance: 'top', costShare: 1 }, schemas: [urns.user, acme] }
    const dropped = changed([{ op: 'remove', path: acme }], cleared)
    expect(dropped[acme]).toEqual({ clearance: 'top' })
    expect(dropped.schemas).toEqual([urns.user, acme])
    const badged = { ...ada, [acme]: { badgeNumber: 7 }, schemas: [urns.user, acme] }
    expect(refused([{ op: 'remove', path: acme }], badged)).toBe('mutability')
  })

  it('schemas itself can be written; later operations see the new value', () => {
    const declared = changed([{ op: 'add', path: 'schemas', value: [acme.toUpperCase()] }])
    expect(declared.schemas).toEqual([urns.user, enterprise, acme])
    const single = changed([{ op: 'add', path: 'schemas', value: acme }])
    expect(single).toEqual(declared)
    expect(changed([{ op: 'add', path: 'schemas', value: [urns.user] }])).toBe(ada)
    const both = changed([
      { op: 'remove', path: `schemas[value eq "${enterprise}"]` },
      { op: 'add', path: `${enterprise}:division`, value: 'Mills' },
    ])
    expect(both[enterprise]).toEqual({ division: 'Mills' })
    expect(both.schemas).toEqual([urns.user, enterprise])
  })

  it('an extension that is removed from schemas goes with its attributes; one left out of a new list stays', () => {
    for (const operation of [
      { op: 'remove', path: `schemas[value eq "${enterprise}"]` },
      { op: 'remove', path: 'schemas', value: [enterprise.toUpperCase()] },
    ]) {
      const dropped = changed([operation])
      expect(dropped.schemas).toEqual([urns.user])
      expect(Object.hasOwn(dropped, enterprise)).toBe(false)
    }
    expect(changed([{ op: 'replace', value: { schemas: [urns.user] } }])).toBe(ada)
    const unused = { ...ada, schemas: [urns.user, enterprise, acme] }
    expect(changed([{ op: 'replace', path: 'schemas', value: [urns.user] }], unused).schemas).toEqual([
      urns.user,
      enterprise,
    ])
    expect(changed([{ op: 'remove', path: 'schemas', value: [acme] }], unused).schemas).toEqual([urns.user, enterprise])
  })

  it('the base schema cannot go', () => {
    expect(refused([{ op: 'remove', path: 'schemas' }])).toBe('mutability')
    expect(refused([{ op: 'remove', path: `schemas[value eq "${urns.user}"]` }])).toBe('mutability')
    expect(refused([{ op: 'replace', path: 'schemas', value: [enterprise] }])).toBe('mutability')
    expect(refused([{ op: 'replace', path: 'schemas', value: null }])).toBe('mutability')
    expect(refused([{ op: 'replace', path: 'schemas', value: [5] }])).toBe('invalidValue')
    expect(refused([{ op: 'replace', path: 'schemas', value: ['urn:example:unknown'] }])).toBe('mutability')
  })

  it('UN-7: an unknown URI is ignored, and SCIM 1.1 stands for the base schema', () => {
    const value = ['urn:example:unknown', 'urn:scim:schemas:core:1.0', enterprise]
    const { resource, rules } = patch(user, ada, [{ op: 'replace', path: 'schemas', value }])
    expect(resource).toBe(ada)
    expect(rules).toEqual(['ignoreUnknownSchema', 'ignoreUnknownSchema'])
  })

  it('CR-5: an extension that comes into use needs its required attributes, by the end of the request', () => {
    expect(refused([{ op: 'add', path: `${payroll}:currency`, value: 'GBP' }])).toBe('invalidValue')
    const paid = changed([
      { op: 'add', path: `${payroll}:currency`, value: 'GBP' },
      { op: 'add', path: `${payroll}:account`, value: '1' },
    ])
    expect(paid[payroll]).toEqual({ currency: 'GBP', account: '1' })
    expect(refused([{ op: 'remove', path: `${payroll}:account` }], paid)).toBe('mutability')
    expect(changed([{ op: 'remove', path: payroll }], paid)).toEqual(ada)
  })
})
