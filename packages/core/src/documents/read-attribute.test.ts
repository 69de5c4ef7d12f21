import { describe, expect, it } from 'vitest'
import { readSchemas } from './read-schema.js'

const id = 'urn:example:params:scim:schemas:extension:acme:2.0:User'
const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Schema']

/** A schema with one sound attribute and those given. */
function schemaWith(...attributes: unknown[]): object {
  return { schemas, id, name: 'Acme', attributes: [{ name: 'sound' }, ...attributes] }
}

const complex = { name: 'outer', type: 'complex', subAttributes: [{ name: 'inner' }] }

const faulty: readonly { name: string; given: unknown; want: readonly string[] }[] = [
  {
    name: 'a characteristic of SCIM 1.1',
    given: schemaWith({ name: 'a', readOnly: true }),
    want: ['a: readOnly belongs to SCIM 1.1; write the schema in the form of RFC 7643 §7'],
  },
  {
    name: 'an attribute that is a text',
    given: schemaWith('userName'),
    want: ['attributes[1]: an attribute must be an object, not "userName"; write one with "name"'],
  },
  {
    name: 'an attribute without a name',
    given: schemaWith({ type: 'string' }),
    want: ['attributes[1]: the attribute has no name; add "name"'],
  },
  {
    name: 'a sub-attribute without a name',
    given: schemaWith({ ...complex, subAttributes: [{ type: 'string' }] }),
    want: ['outer.subAttributes[0]: the attribute has no name; add "name"'],
  },
  {
    name: 'a name that is not an attribute name',
    given: schemaWith({ name: '"]; x //' }),
    want: [
      'attributes[1]: "\\"]; x //" is not an attribute name; a name starts with a letter or $, then letters, digits, $, - and _',
    ],
  },
  {
    name: 'the name __proto__',
    given: JSON.parse(`{"id":"${id}","attributes":[{"name":"__proto__"}]}`),
    want: [
      'attributes[0]: "__proto__" is not an attribute name; a name starts with a letter or $, then letters, digits, $, - and _',
    ],
  },
  {
    name: 'the name constructor',
    given: schemaWith({ name: 'constructor' }),
    want: ["attributes[1]: the name constructor is taken by JavaScript's own objects; rename the attribute"],
  },
  {
    name: 'the name prototype',
    given: schemaWith({ name: 'prototype' }),
    want: ["attributes[1]: the name prototype is taken by JavaScript's own objects; rename the attribute"],
  },
  {
    name: 'a very long name',
    given: schemaWith({ name: 'a'.repeat(300) }),
    want: [`attributes[1]: the name "${'a'.repeat(56)}... has 300 characters; 256 are allowed`],
  },
  {
    name: 'two names that differ by case',
    given: schemaWith({ name: 'Sound' }),
    want: ['Sound: the name differs from sound by case alone; rename or remove one of the two'],
  },
  {
    name: 'a name that is there twice',
    given: schemaWith({ name: 'sound' }),
    want: ['sound: the name is there twice; rename or remove one of the two'],
  },
  {
    name: 'an unknown type',
    given: schemaWith({ name: 'a', type: 'any' }),
    want: ['a: type is "any"; write one of string, boolean, decimal, integer, dateTime, binary, reference, complex'],
  },
  {
    name: 'a type in other case',
    given: schemaWith({ name: 'a', type: 'datetime' }),
    want: ['a: type is "datetime"; write dateTime'],
  },
  {
    name: 'a mutability in other case',
    given: schemaWith({ name: 'a', mutability: 'readwrite' }),
    want: ['a: mutability is "readwrite"; write readWrite'],
  },
  {
    name: 'an unknown mutability',
    given: schemaWith({ name: 'a', mutability: 'often' }),
    want: ['a: mutability is "often"; write one of readOnly, readWrite, immutable, writeOnly'],
  },
  {
    name: 'an unknown returned',
    given: schemaWith({ name: 'a', returned: true }),
    want: ['a: returned is true; write one of always, never, default, request'],
  },
  {
    name: 'an unknown uniqueness',
    given: schemaWith({ name: 'a', uniqueness: 'tenant' }),
    want: ['a: uniqueness is "tenant"; write one of none, server, global'],
  },
  {
    name: 'a boolean in quotes',
    given: schemaWith({ name: 'a', required: 'true' }),
    want: ['a: required is "true"; write true or false without quotes'],
  },
  {
    name: 'a misspelt characteristic',
    given: schemaWith({ name: 'a', multi_valued: true }),
    want: ['a: the member "multi_valued" is not known; write multiValued'],
  },
  {
    name: 'a member that is there twice but for case',
    given: schemaWith({ name: 'a', Required: true, required: false }),
    want: ['a: Required and required are the same member; remove one of the two'],
  },
  {
    name: 'a mutability of more than one word',
    given: schemaWith({ name: 'a', mutability: 'WRITE_ONLY' }),
    want: ['a: mutability is "WRITE_ONLY"; write writeOnly'],
  },
  {
    name: 'a type of a programming language',
    given: schemaWith({ name: 'a', type: 'bool' }),
    want: ['a: type is "bool"; write boolean'],
  },
  {
    name: 'sub-attributes under the name attributes',
    given: schemaWith({ name: 'a', type: 'complex', attributes: [{ name: 'b' }] }),
    want: ['a: the sub-attributes are under "attributes"; write subAttributes'],
  },
  {
    name: 'sub-attributes under the name attributes within a complex attribute',
    given: schemaWith({ ...complex, subAttributes: [{ name: 'inner', attributes: [{ name: 'b' }] }] }),
    want: [
      'outer.inner: the sub-attributes are under "attributes"; write subAttributes',
      'outer.inner: a complex attribute is within a complex attribute; a complex attribute holds only simple ones, so move its sub-attributes up',
    ],
  },
  {
    name: 'canonical values that are objects',
    given: schemaWith({ name: 'a', canonicalValues: [{ value: 'work' }] }),
    want: ['a: canonicalValues is [{"value":"work"}]; write a list of strings'],
  },
  {
    name: 'a complex attribute without sub-attributes',
    given: schemaWith({ name: 'a', type: 'complex' }),
    want: ['a: the attribute is complex and has no sub-attributes; list them in subAttributes'],
  },
  {
    name: 'sub-attributes of a string',
    given: schemaWith({ name: 'a', type: 'string', subAttributes: [{ name: 'b' }] }),
    want: ['a: the attribute has sub-attributes and the type string; write "type": "complex" or remove subAttributes'],
  },
  {
    name: 'sub-attributes that are not a list',
    given: schemaWith({ name: 'a', type: 'complex', subAttributes: {} }),
    want: ['a: subAttributes is {}; write a list of attributes'],
  },
  {
    name: 'a complex attribute within a complex one',
    given: schemaWith({ ...complex, subAttributes: [{ ...complex, name: 'inner' }] }),
    want: [
      'outer.inner: a complex attribute is within a complex attribute; a complex attribute holds only simple ones, so move its sub-attributes up',
    ],
  },
  {
    name: 'what may only be written and comes back',
    given: schemaWith({ name: 'a', mutability: 'writeOnly', returned: 'always' }),
    want: [
      'a: the attribute is writeOnly and returned always; what is writeOnly is never returned, so write "returned": "never"',
    ],
  },
  {
    name: 'what no one can write or read',
    given: schemaWith({ name: 'a', mutability: 'readOnly', returned: 'never' }),
    want: ['a: the attribute is readOnly and never returned, so no one can use it; change one of the two'],
  },
]

describe('reading attributes', () => {
  for (const { name, given, want } of faulty) {
    it(`names ${name}`, () => {
      expect(readSchemas(given).faults.map(({ path, message }) => `${path}: ${message}`)).toEqual(want)
    })
  }

  it('collects the faults of all attributes instead of stopping at the first', () => {
    const given = schemaWith({ name: 'a', type: 'any' }, { name: 'b', required: 'no' }, { name: '1c' })
    expect(readSchemas(given).faults.map(({ path }) => path)).toEqual(['a', 'b', 'attributes[3]'])
  })

  it('fills in every default of RFC 7643 §2.2', () => {
    const [attribute] = readSchemas({ id, attributes: [{ name: 'a' }] }).schemas[0]?.definition.attributes ?? []
    expect(attribute).toEqual({
      name: 'a',
      type: 'string',
      multiValued: false,
      required: false,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    })
  })

  it('takes writeOnly without returned as never returned', () => {
    const { schemas, faults } = readSchemas(schemaWith({ name: 'pin', mutability: 'writeOnly' }))
    expect(faults).toEqual([])
    expect(schemas[0]?.definition.index.get('pin')?.returned).toBe('never')
  })

  it('notes constraints that no validator looks at', () => {
    const { faults, warnings } = readSchemas(schemaWith({ name: 'a', Pattern: '^a$', minimum: 1 }))
    expect(faults).toEqual([])
    expect(warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'a: Pattern, minimum are ignored; RFC 7643 §7 does not have them, so no validator looks at them',
    ])
  })
})
