import { readSchemas } from '@scimkit/core/documents'
import { describe, expect, it } from 'vitest'
import { buildModel } from './build-model.js'
import { findRenamed } from './find-renamed.js'
import { nameAll, toFileName, toTypeName, toValueName } from './identifier-names.js'

const names: readonly { given: string; type: string; value: string; file: string }[] = [
  { given: 'User', type: 'User', value: 'user', file: 'user' },
  { given: 'Enterprise User', type: 'EnterpriseUser', value: 'enterpriseUser', file: 'enterprise-user' },
  {
    given: 'service-provider_config',
    type: 'ServiceProviderConfig',
    value: 'serviceProviderConfig',
    file: 'service-provider-config',
  },
  { given: 'SCIM thing', type: 'SCIMThing', value: 'scimThing', file: 'scim-thing' },
  { given: 'x509cert', type: 'X509Cert', value: 'x509Cert', file: 'x509-cert' },
  { given: 'Größe', type: 'Groe', value: 'groe', file: 'groe' },
  { given: '2fa', type: 'Fa', value: 'fa', file: 'fa' },
  { given: 'con', type: 'Con', value: 'con', file: 'con-schema' },
  { given: '学校', type: '', value: '', file: '' },
]

describe('names of types, values and files', () => {
  for (const { given, type, value, file } of names) {
    it(`makes ${type || 'nothing'} of ${given}`, () => {
      const made = toTypeName(given)
      expect([made, toValueName(made), toFileName(made)]).toEqual([type, value, file])
    })
  }
})

/** Models of schemas with these names; each has the complex attributes given. */
function modelsOf(schemas: readonly { name: string; complex?: readonly string[] }[]) {
  const documents = schemas.map(({ name, complex = [] }, index) => ({
    id: `urn:example:params:scim:schemas:extension:n${index}:2.0:User`,
    name,
    attributes: [
      { name: 'a' },
      ...complex.map((attribute) => ({
        name: attribute.replace('[]', ''),
        type: 'complex',
        multiValued: attribute.endsWith('[]'),
        subAttributes: [{ name: 'value' }],
      })),
    ],
  }))
  return readSchemas(documents).schemas.map((schema) => buildModel(schema, 'extension'))
}

function typesOf(...schemas: Parameters<typeof modelsOf>[0]) {
  const models = modelsOf(schemas)
  const named = nameAll(models, [], {}).schemas
  return models.map((model) => {
    const own = named.get(model)
    return [own?.type, ...[...(own?.complex.values() ?? [])].map(({ output }) => output)]
  })
}

describe('nameAll', () => {
  it('takes the singular for one value of a list', () => {
    const complex = ['emails[]', 'addresses[]', 'entries[]', 'status[]', 'ims[]', 'boxes[]', 'name']
    expect(typesOf({ name: 'User', complex })).toEqual([
      ['User', 'UserEmail', 'UserAddress', 'UserEntry', 'UserStatus', 'UserIm', 'UserBox', 'UserName'],
    ])
  })

  it('gives one of two equal names a number, and the order of the files does not decide which', () => {
    expect(typesOf({ name: 'Acme User' }, { name: 'acme-user' })).toEqual([['AcmeUser'], ['AcmeUser2']])
    const models = modelsOf([{ name: 'Acme User', complex: ['name'] }, { name: 'acme-user' }, { name: 'Acme user' }])
    const outputs = [models, models.toReversed()].map((order) => {
      const named = nameAll(order, ['Acme', 'acme'], {})
      expect([...named.schemas.keys()]).toEqual(order)
      const renamed = findRenamed(named, {}).map(({ schema }) => schema)
      const types = models.map((model) => [named.schemas.get(model)?.type, renamed.includes(model)])
      return [types, named.resourceTypes.get('acme')?.value]
    })
    expect(outputs[0]).toEqual(outputs[1])
    expect(outputs[0]?.[0]).toEqual([
      ['AcmeUser', false],
      ['AcmeUser2', true],
      ['AcmeUser3', true],
    ])
  })

  it.each([
    ['urn:example:params:scim:schemas:extension:acme:2.0:Badge', 'Badge'],
    ['https://example.com/schemas/Desk#', 'Desk'],
    ['3D Printer', 'Schema3DPrinter'],
    ['550e8400-e29b-41d4-a716-446655440000', 'User'],
    ['Meta', 'Meta2'],
    ['42', 'Schema42'],
  ])('makes of the name %s the type %s, which counts as renamed', (name, type) => {
    const models = modelsOf([{ name }])
    const named = nameAll(models, [], {})
    expect([...named.schemas.values()].map((own) => own.type)).toEqual([type])
    expect(findRenamed(named, {})).toEqual(models.map((schema) => ({ schema, kind: 'schema', of: name, type })))
    const given = Object.fromEntries(models.map(({ id }) => [id, 'Chosen']))
    const chosen = nameAll(models, [], given)
    expect([[...chosen.schemas.values()][0]?.type, findRenamed(chosen, given)]).toEqual(['Chosen', []])
  })

  it('tells which types of attributes and resource types are called otherwise', () => {
    const models = modelsOf([{ name: 'Lamp', complex: ['shade', 'shades[]', '$'] }])
    const named = nameAll(models, ['my lamp', 'my-lamp', '1st', 'Desk'], {})
    expect(findRenamed(named, {}).map(({ kind, of, type }) => [kind, of, type])).toEqual([
      ['attribute', 'shades', 'LampShade2'],
      ['resource type', '1st', 'StResource'],
      ['resource type', 'my-lamp', 'MyLamp2Resource'],
    ])
  })

  it('keeps attributes from taking the names of other schemas', () => {
    expect(typesOf({ name: 'User', complex: ['name'] }, { name: 'User Name' })).toEqual([
      ['User', 'UserName2'],
      ['UserName'],
    ])
  })

  it('keeps attributes from taking the names that belong to the schema itself', () => {
    const complex = ['input', 'paths', 'elements[]', 'item', 'items[]', 'itemInput']
    expect(typesOf({ name: 'User', complex })).toEqual([
      ['User', 'UserInput2', 'UserPaths2', 'UserElement', 'UserItem', 'UserItem2', 'UserItemInput2'],
    ])
  })

  it('keeps schemas from the words of the language and from what generated code imports', () => {
    expect(typesOf({ name: 'delete' }, { name: 'Meta' }, { name: 'value' })).toEqual([
      ['Delete2'],
      ['Meta2'],
      ['Value2'],
    ])
  })

  it('finds a name for a schema whose own name is nothing to go by', () => {
    expect(typesOf({ name: '学校' })).toEqual([['User']])
  })

  it('takes the names that it is given', () => {
    const [model] = modelsOf([{ name: 'Service Provider Configuration' }])
    const given = { [model?.id ?? '']: 'ServiceProviderConfig' }
    expect([...nameAll(model ? [model] : [], [], given).schemas.values()][0]).toMatchObject({
      type: 'ServiceProviderConfig',
      value: 'serviceProviderConfig',
      file: 'service-provider-config',
    })
  })
})
