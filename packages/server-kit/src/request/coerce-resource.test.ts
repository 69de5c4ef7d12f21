import {
  enterpriseUser,
  groupResource,
  type ResourceDefinition,
  ScimError,
  urns,
  userResource,
} from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { acme, user as extended } from '../../test/patch/definitions.js'
import type { Note } from '../compatibility/reading.js'
import { resolveCompatibility } from '../compatibility/resolve-compatibility.js'
import { coerceResource } from './coerce-resource.js'

const user = userResource.extend(enterpriseUser)
const both = [urns.user, urns.enterpriseUser]

function coerce(body: unknown, base: 'lenient' | 'strict' = 'lenient', definition: ResourceDefinition = user) {
  const notes: Note[] = []
  const resource = coerceResource(definition, body, {
    rules: resolveCompatibility(base),
    onNote: (note) => notes.push(note),
  })
  return { resource, notes: notes.map(({ rule, path }) => `${rule} ${path}`) }
}

function refusal(body: unknown, base: 'lenient' | 'strict' = 'lenient'): string | undefined {
  try {
    coerce(body, base)
  } catch (error) {
    if (ScimError.is(error)) return error.scimType
    throw error
  }
  return 'accepted'
}

describe('coerceResource', () => {
  it('gives the same reference when nothing had to be read otherwise', () => {
    const body = {
      schemas: both,
      userName: 'ada',
      active: true,
      emails: [{ value: 'x', primary: true }],
      [urns.enterpriseUser]: { department: 'x' },
    }
    expect(coerce(body).resource).toBe(body)
    expect(coerce(body).notes).toEqual([])
  })

  it('E4: takes what Entra posts', () => {
    const body = {
      schemas: [urns.user, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'],
      userName: 'ada@example.com',
      active: 'True',
      meta: { resourceType: 'Users' },
      addresses: null,
      title: null,
      roles: [],
      emails: [{ primary: 'true', type: 'work', value: 'ada@example.com' }],
    }
    const { resource, notes } = coerce(body)
    expect(resource).toEqual({
      ...body,
      schemas: [urns.user],
      active: true,
      emails: [{ primary: true, type: 'work', value: 'ada@example.com' }],
    })
    expect(notes).toEqual(['ignoreUnknownSchema schemas', 'stringBooleans active', 'stringBooleans emails.primary'])
    expect(body.active).toBe('True')
  })

  it('E19: ignores the second URI of a group', () => {
    const body = {
      schemas: [urns.group, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      displayName: 'Sales',
    }
    expect(coerce(body, 'lenient', groupResource).resource.schemas).toEqual([urns.group])
  })

  it('L2: takes the URI of SCIM 1.1 for the base schema', () => {
    expect(coerce({ schemas: ['urn:scim:schemas:core:1.0'], userName: 'ada' }).resource.schemas).toEqual([urns.user])
  })

  it('L4, JN-13: takes an object for a multi-valued attribute', () => {
    const { resource, notes } = coerce({ schemas: [urns.user], emails: { value: 'ada@example.com' } })
    expect(resource.emails).toEqual([{ value: 'ada@example.com' }])
    expect(notes).toEqual(['objectAsList emails'])
  })

  it('JN-13: reaches into extensions', () => {
    const body = { schemas: [urns.user, acme], [acme]: { contractor: 'TRUE', devices: { serial: 'S' }, skills: 'x' } }
    const { resource, notes } = coerce(body, 'lenient', extended)
    expect(resource[acme]).toEqual({ contractor: true, devices: [{ serial: 'S' }], skills: ['x'] })
    expect(notes).toEqual([
      `stringBooleans ${acme}:contractor`,
      `objectAsList ${acme}:devices`,
      `objectAsList ${acme}:skills`,
    ])
  })

  it('JN-13: leaves everything else of a wrong type to the validator', () => {
    const body = {
      schemas: [urns.user],
      userName: ['x', 'y'],
      displayName: 5,
      name: 'x',
      emails: [['x']],
      active: 7,
      roles: [5],
      title: { a: 1 },
    }
    expect(coerce(body).resource).toBe(body)
  })

  it('UN-1, UN-7: brings names and schemas into registered spelling and adds what is used', () => {
    const body = {
      Schemas: [urns.user.toUpperCase(), urns.user],
      USERNAME: 'ada',
      [urns.enterpriseUser.toLowerCase()]: { Department: 'x' },
    }
    expect(coerce(body).resource).toEqual({
      schemas: both,
      userName: 'ada',
      [urns.enterpriseUser]: { department: 'x' },
    })
    const empty = { schemas: [urns.user], [urns.enterpriseUser]: {} }
    expect(coerce(empty).resource).toBe(empty)
  })

  it('EP-11: reports unknown attributes, which the validator drops; strict refuses them', () => {
    const body = { schemas: [urns.user], colour: 'red', name: { nick: 'x' }, 'urn:example:x': { a: 1 } }
    expect(coerce(body).notes).toEqual([
      'ignoreUnknownAttributes colour',
      'ignoreUnknownAttributes name.nick',
      'ignoreUnknownAttributes urn:example:x',
    ])
    expect(refusal(body, 'strict')).toBe('invalidSyntax')
  })

  it('looks at nothing that a client cannot write', () => {
    const body = { schemas: [urns.user], groups: { value: 'g1', primary: 'True' } }
    expect(coerce(body).resource).toBe(body)
  })

  const faults: { name: string; given: unknown; want: string }[] = [
    { name: 'a body that is not an object', given: [], want: 'invalidSyntax' },
    { name: 'null', given: null, want: 'invalidSyntax' },
    { name: 'schemas as a string', given: { schemas: urns.user }, want: 'invalidSyntax' },
    { name: 'schemas of numbers', given: { schemas: [2] }, want: 'invalidSyntax' },
    { name: 'a list without the base schema', given: { schemas: [urns.enterpriseUser] }, want: 'invalidSyntax' },
    { name: 'a list of unknown URIs', given: { schemas: ['urn:example:x'] }, want: 'invalidSyntax' },
    { name: 'a URN of an attribute', given: { schemas: [`${urns.user}:userName`] }, want: 'invalidSyntax' },
    { name: 'a name given twice', given: { schemas: [urns.user], title: 'x', TITLE: 'y' }, want: 'invalidSyntax' },
  ]
  it.each(faults)('CR-8: refuses $name', ({ given, want }) => {
    expect(refusal(given)).toBe(want)
  })

  const letter: { name: string; given: unknown; want: string }[] = [
    { name: 'a body without schemas', given: { userName: 'ada' }, want: 'invalidSyntax' },
    { name: 'an empty list', given: { schemas: [], userName: 'ada' }, want: 'invalidSyntax' },
    { name: 'a URI twice', given: { schemas: [urns.user, urns.user], userName: 'ada' }, want: 'invalidSyntax' },
    {
      name: 'a URI twice in two cases',
      given: { schemas: [urns.user, urns.user.toUpperCase()], userName: 'ada' },
      want: 'invalidSyntax',
    },
    {
      name: 'an extension whose URN is missing',
      given: { schemas: [urns.user], [urns.enterpriseUser]: { department: 'x' } },
      want: 'invalidSyntax',
    },
    { name: 'an unknown URI', given: { schemas: [urns.user, 'urn:example:x'] }, want: 'invalidSyntax' },
    {
      name: 'the URI of SCIM 1.1',
      given: { schemas: [urns.user, 'urn:scim:schemas:core:1.0'] },
      want: 'invalidSyntax',
    },
  ]
  it.each(letter)('strict: refuses $name', ({ given, want }) => {
    expect(refusal(given, 'strict')).toBe(want)
    expect(refusal(given)).toBe('accepted')
  })

  it('strict: leaves strings and objects to the validator', () => {
    const body = {
      schemas: both,
      active: 'True',
      emails: { value: 'x' },
      [urns.enterpriseUser]: { manager: { value: 'x' } },
    }
    expect(coerce(body, 'strict').resource).toBe(body)
  })
})
