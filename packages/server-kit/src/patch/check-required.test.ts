import {
  type AttributeDeclaration,
  defineExtension,
  defineResource,
  defineSchema,
  type ResourceDefinition,
} from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { checkRequired } from './check-required.js'

const part = 'urn:example:part'
const other = 'urn:example:other'
const box: AttributeDeclaration = {
  name: 'box',
  type: 'complex',
  subAttributes: [
    { name: 'lid', required: true },
    { name: 'seal', required: true, mutability: 'readOnly' },
    { name: 'note' },
  ],
}
const boxes: AttributeDeclaration = { ...box, name: 'boxes', multiValued: true }

/** A definition of its own for each test, since what is demanded is remembered for each definition. */
function define(required: boolean): ResourceDefinition {
  const extension = (id: string) => {
    const schema = defineSchema({
      id,
      name: id,
      attributes: [{ name: 'owner', required: true }, { name: 'size' }, boxes],
    })
    return defineExtension({ schema, describe: () => Promise.reject(new Error('not used')) })
  }
  const schema = defineSchema({ id: 'urn:example:thing', name: 'Thing', attributes: [{ name: 'title' }, box, boxes] })
  return defineResource({
    name: 'Thing',
    endpoint: '/Things',
    schema,
    describe: () => Promise.reject(new Error('not used')),
  })
    .extend(extension(part), { required })
    .extend(extension(other))
}

describe('checkRequired', () => {
  const cases: { name: string; given: [member: string, before: unknown, after: unknown]; want: string | undefined }[] =
    [
      { name: 'a simple value demands nothing', given: ['title', undefined, 'x'], want: undefined },
      { name: 'a member that no schema has demands nothing', given: ['colour', undefined, {}], want: undefined },
      { name: 'a complex value is whole', given: ['box', undefined, { lid: 'l' }], want: undefined },
      { name: 'a complex value is not', given: ['box', undefined, { note: 'n' }], want: 'box.lid is required' },
      { name: 'null is not a value', given: ['box', undefined, { lid: null }], want: 'box.lid is required' },
      {
        name: 'a complex value that is gone demands nothing',
        given: ['box', { lid: 'l' }, undefined],
        want: undefined,
      },
      {
        name: 'one element is not whole',
        given: ['boxes', [], [{ lid: 'l' }, { note: 'n' }]],
        want: 'boxes.lid is required',
      },
      { name: 'a list is whole', given: ['boxes', [], [{ lid: 'l' }, { lid: 'm' }]], want: undefined },
      { name: 'a container is whole', given: [part, undefined, { owner: 'o', size: 's' }], want: undefined },
      { name: 'a container is not', given: [part, undefined, { size: 's' }], want: `${part}:owner is required` },
      {
        name: 'a value in a container is not whole',
        given: [part, { owner: 'o' }, { owner: 'o', boxes: [{ note: 'n' }] }],
        want: `${part}:boxes.lid is required`,
      },
      { name: 'an extension that is not required may go', given: [other, { owner: 'o' }, undefined], want: undefined },
    ]
  it.each(cases)('$name', ({ given: [member, before, after], want }) => {
    const check = () => checkRequired(define(false), member, { before, after })
    if (want === undefined) expect(check).not.toThrow()
    else expect(check).toThrow(new RegExp(`^${want}$`))
  })

  it('holds nothing against a request that was there before, while it does not become more', () => {
    const old = [{ note: 'n' }, { lid: 'l' }]
    const check = (after: unknown) => checkRequired(define(false), part, { before: { size: 's', boxes: old }, after })
    expect(() => check({ size: 't', boxes: old })).not.toThrow()
    expect(() => check({ boxes: [{ note: 'o' }, { lid: 'l' }] })).not.toThrow()
    expect(() => check({ size: 's', boxes: [...old, { note: 'o' }] })).toThrow('lid is required')
    expect(() => checkRequired(define(false), 'box', { before: { note: 'n' }, after: { note: 'o' } })).not.toThrow()
    expect(() => checkRequired(define(false), 'boxes', { before: old, after: [{ note: 'n' }, {}] })).toThrow(
      'lid is required',
    )
  })

  it('keeps a required extension, and no other', () => {
    const definition = define(true)
    expect(() => checkRequired(definition, part, { before: { owner: 'o' }, after: undefined })).toThrow(
      /^urn:example:part is required and cannot be removed$/,
    )
    expect(() => checkRequired(definition, other, { before: { owner: 'o' }, after: undefined })).not.toThrow()
  })

  it('finds the demands of a definition once', () => {
    const definition = define(false)
    let read = 0
    const get = (target: ResourceDefinition, name: PropertyKey): unknown => {
      read++
      return Reflect.get(target, name)
    }
    const counted = new Proxy(definition, { get })
    checkRequired(counted, 'box', { before: undefined, after: { lid: 'l' } })
    const once = read
    checkRequired(counted, 'box', { before: undefined, after: { lid: 'l' } })
    expect([once > 0, read]).toEqual([true, once])
  })
})
