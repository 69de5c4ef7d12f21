import { describe, expect, it } from 'vitest'
import { generate } from '../generate.js'
import type { PluginName } from './choose-plugins.js'

const urn = 'urn:example:params:scim:schemas:core:2.0:Thing'
const thing = { id: urn, name: 'Thing', attributes: [{ name: 'a' }] }

const emit = (endpoints: readonly string[], plugins: readonly PluginName[] = ['types', 'zod', 'client']) =>
  generate({
    schemas: [{ file: 'thing.json', document: thing }],
    resourceTypes: endpoints.map((endpoint, index) => ({
      file: `type${index}.json`,
      document: { name: `Thing ${index}`, endpoint, schema: urn },
    })),
    plugins,
  })

describe('the plug-in client', () => {
  it('names the members by the endpoints, and never as the client names its own', async () => {
    const { files } = await emit(['/Users', '/v2/Devices', '/other/Devices', '/me/me', '/bulk', '/a.b'])
    const members = [...(files.get('client.gen.ts') ?? '').matchAll(/^ {2}readonly (.+): typeof/gm)].map(
      ([, name]) => name,
    )
    expect(members).toEqual(['users', 'devices', 'devices2', 'me2', 'bulk2', "'a.b'"])
  })

  it('uses definitions without validators where the zod plug-in does not run', async () => {
    const { files } = await emit(['/Things'], ['types', 'client'])
    expect(files.get('client.gen.ts')).toContain(`from './thing0.definition.gen.js'`)
    expect([...files.keys()].filter((name) => /zod|resource/.test(name))).toEqual([])
    expect(files.get('index.ts')).toContain('createClient')
  })

  it('says what it lacks', async () => {
    expect(await emit([])).toMatchObject({
      faults: [
        {
          file: 'plug-in client',
          message: 'there is no resource type; add a ResourceType document, such as that of User',
        },
      ],
    })
  })
})
