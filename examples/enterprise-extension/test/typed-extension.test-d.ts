import type { ScimClient } from '@scimkit/client'
import type { InferInput, InferResource } from '@scimkit/core'
import { describe, expectTypeOf, it } from 'vitest'
import { acmeUser, type userResource } from '../src/scim/index.js'

const { urn } = acmeUser
declare const scim: ScimClient<{ users: typeof userResource }>
declare const person: InferResource<typeof userResource>
declare function write(value: InferInput<typeof userResource>[typeof urn]): void

describe('Acme’s extension', () => {
  it('takes the least that is required', () => {
    write({ badgeNumber: 42 })
  })

  it('takes simple lists', () => {
    write({ badgeNumber: 42, skills: ['knitting'], trainingYears: [2024, 2025] })
  })

  it('takes complex values', () => {
    write({ badgeNumber: 42, desk: { building: 'HQ', floor: 3, features: ['lamp'] } })
  })

  it('takes complex lists', () => {
    write({ badgeNumber: 42, equipment: [{ value: 'L-1', type: 'laptop', labels: ['blue'] }] })
  })

  it('takes what is written only', () => {
    write({ badgeNumber: 42, doorPin: '0000', auditNote: 'seen' })
  })

  it('needs the badge', () => {
    // @ts-expect-error
    write({ skills: [] })
  })

  it('needs the building of a desk', () => {
    // @ts-expect-error
    write({ badgeNumber: 42, desk: { floor: 3 } })
  })

  it('refuses a text for the badge', () => {
    // @ts-expect-error
    write({ badgeNumber: '42' })
  })

  it('refuses what is readOnly', () => {
    // @ts-expect-error
    write({ badgeNumber: 42, lastReviewAt: '2026-01-01T00:00:00Z' })
  })

  it('refuses what is readOnly within a list', () => {
    // @ts-expect-error
    write({ badgeNumber: 42, equipment: [{ value: 'L-1', bookValue: 3 }] })
  })

  it('refuses one value for a list', () => {
    // @ts-expect-error
    write({ badgeNumber: 42, skills: 'knitting' })
  })

  it('reads the badge as a number', () => {
    expectTypeOf(person[urn]?.badgeNumber).toEqualTypeOf<number | undefined>()
  })

  it('reads labels', () => {
    expectTypeOf(person[urn]?.equipment?.[0]?.labels).toEqualTypeOf<string[] | undefined>()
  })

  it('reads the enterprise extension beside it', () => {
    person['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User']?.department
  })

  it('never reads the PIN', () => {
    // @ts-expect-error
    person[urn]?.doorPin
  })

  it('never reads the note', () => {
    // @ts-expect-error
    person[urn]?.auditNote
  })
})

describe('Acme’s paths', () => {
  it('patch a sub-attribute', () => {
    scim.users.patch('1', (p) => p.replace(`${urn}:desk.floor`, 3))
  })

  it('patch an element', () => {
    scim.users.patch('1', (p) => p.replace(`${urn}:equipment[value eq "L-1"].type`, 'phone'))
  })

  it('patch a simple list', () => {
    scim.users.patch('1', (p) => p.add(`${urn}:skills`, 'knitting').remove(`${urn}:skills[value eq "x"]`))
  })

  it('filter by a number', () => {
    scim.users.list({ filter: (f) => f.ge(`${urn}:badgeNumber`, 40) })
  })

  it('filter elements', () => {
    scim.users.list({ filter: (f) => f.where(`${urn}:equipment`, (e) => e.eq('type', 'laptop')) })
  })

  it('filter a simple list', () => {
    scim.users.list({ filter: (f) => f.eq(`${urn}:skills`, 'knitting') })
  })

  it('refuse a text for a number', () => {
    // @ts-expect-error
    scim.users.patch('1', (p) => p.replace(`${urn}:desk.floor`, '3'))
  })

  it('refuse what is readOnly', () => {
    // @ts-expect-error
    scim.users.patch('1', (p) => p.replace(`${urn}:lastReviewAt`, '2026-01-01T00:00:00Z'))
  })

  it('refuse what is readOnly in an element', () => {
    // @ts-expect-error
    scim.users.patch('1', (p) => p.replace(`${urn}:equipment[value eq "L-1"].bookValue`, 3))
  })

  it('refuse part of a number', () => {
    // @ts-expect-error
    scim.users.list({ filter: (f) => f.co(`${urn}:badgeNumber`, '4') })
  })

  it('refuse the PIN in a filter', () => {
    // @ts-expect-error
    scim.users.list({ filter: (f) => f.eq(`${urn}:doorPin`, '0000') })
  })
})
