import { type ResourceDefinition, resourceFromSchemas } from '@scimkit/core'
import { expect, it } from 'vitest'
import { mount, type Note } from '../../src/index.js'
import { deviceUrn } from './device.js'
import { filtered, type Host, type HostOptions, resourcesOf, type StartHost } from './host.js'

const placeUrn = 'urn:example:params:scim:schemas:Place'
const siteUrn = 'urn:example:params:scim:schemas:extension:Site'

/** A type with lists in every place where a schema can have one. */
const placeResource: ResourceDefinition = resourceFromSchemas(
  [
    schema(placeUrn, 'Place', [
      attribute('name', { required: true }),
      attribute('tags', { multiValued: true }),
      attribute('party', { type: 'complex', subAttributes: lists() }),
      attribute('rows', { type: 'complex', multiValued: true, subAttributes: lists() }),
      attribute('keys', { type: 'complex', multiValued: true, subAttributes: [attribute('value'), hidden('pin')] }),
    ]),
    schema(siteUrn, 'Site', [
      attribute('zones', { multiValued: true }),
      attribute('owner', { type: 'complex', subAttributes: lists() }),
    ]),
  ],
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'Place',
    name: 'Place',
    endpoint: '/Places',
    schema: placeUrn,
    schemaExtensions: [{ schema: siteUrn, required: false }],
  },
)

/**
 * Filters on parts of attributes, and the literals that providers compare them with.
 *
 * @param start Starts a service provider.
 */
export function filterPartRules(start: StartHost): void {
  const places = async (options: HostOptions = {}): Promise<Host> => {
    const host = await start({ ...options, resources: (store) => [mount(placeResource, store)] })
    const both = { kinds: ['x', 'Y'], scores: [1, 5], dates: ['2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'] }
    const one = { kinds: ['z'], scores: [3], dates: ['2026-02-01T00:00:00Z'] }
    for (const [name, parts] of [
      ['both', { tags: ['x', 'Y'], party: both, rows: [both, one], [siteUrn]: { zones: ['x', 'Y'], owner: both } }],
      ['one', { tags: ['z'], party: one, rows: [one], [siteUrn]: { zones: ['z'], owner: one } }],
      ['none', {}],
    ] as const) {
      const schemas = Object.hasOwn(parts, siteUrn) ? [placeUrn, siteUrn] : [placeUrn]
      const { status } = await host.send('POST', '/Places', { body: { schemas, name, ...parts } })
      if (status !== 201) throw new Error(`${name} was answered ${status}`)
    }
    return host
  }
  const names = async (host: Host, filter: string): Promise<readonly unknown[]> =>
    resourcesOf(await host.send('GET', `/Places${filtered(filter)}&sortBy=name`)).map(({ name }) => name)

  it.each(['party', 'rows', `${siteUrn}:owner`])(
    'FI-21, FI-22, FI-23: lists inside %s answer a dotted path as brackets do',
    async (path) => {
      const notes: Note[] = []
      const host = await places({ onNote: (note) => notes.push(note) })
      for (const [part, found] of [
        ['kinds eq "y"', ['both']],
        ['kinds co "Z"', path === 'rows' ? ['both', 'one'] : ['one']],
        ['kinds sw "Y"', ['both']],
        ['kinds pr', ['both', 'one']],
        ['scores eq 5', ['both']],
        ['scores gt 4', ['both']],
        ['scores lt 2', ['both']],
        ['dates eq "2026-03-01T01:00:00+01:00"', ['both']],
        ['dates le "2026-01-15T00:00:00Z"', ['both']],
      ] as const) {
        const [sub, rest] = [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' '))]
        const others = ['both', 'none', 'one'].filter((name) => !(found as readonly string[]).includes(name))
        expect([part, await names(host, `${path}.${sub}${rest}`)]).toEqual([part, found])
        expect([part, await names(host, `${path}[${part}]`)]).toEqual([part, found])
        expect([part, await names(host, `not (${path}.${sub}${rest})`)]).toEqual([part, others])
      }
      // Some element differs, or there is none.
      expect(await names(host, `${path}.kinds ne "y"`)).toEqual(['both', 'none', 'one'])
      expect(await names(host, `${path}.kinds ne "z"`)).toEqual(['both', 'none'])
      expect(await names(host, `${path}.scores ne 3`)).toEqual(['both', 'none'])
      expect(await names(host, `${path}.kinds eq null`)).toEqual(['none'])
      expect(notes).toEqual([])
    },
  )

  it.each(['tags', `${siteUrn}:zones`])(
    'FI-9, FI-21: the elements of the simple list %s may be named value',
    async (path) => {
      const notes: Note[] = []
      const host = await places({ onNote: (note) => notes.push(note) })
      for (const [part, found] of [
        ['eq "y"', ['both']],
        ['co "Z"', ['one']],
        ['ne "z"', ['both', 'none']],
        ['pr', ['both', 'one']],
        ['eq null', ['none']],
      ] as const) {
        for (const subject of [path, `${path}.value`, `${path}.VALUE`]) {
          expect([subject, part, await names(host, `${subject} ${part}`)]).toEqual([subject, part, found])
        }
      }
      expect(await names(host, `${path}[value eq "y"]`)).toEqual(['both'])
      expect(notes).toEqual([])
    },
  )

  it('FI-27: a refusal names the part that is never returned, not the attribute around it', async () => {
    const host = await places()
    for (const filter of ['keys.pin eq "1"', 'keys[pin eq "1"]', 'name pr and not (keys[value pr and pin sw "1"])']) {
      const { status, body } = await host.send('GET', `/Places${filtered(filter)}`)
      expect([filter, status, body.scimType]).toEqual([filter, 400, 'invalidFilter'])
      expect(body.detail).toContain('keys.pin is never returned')
    }
  })

  it.each(['strict', 'interop', 'lenient'] as const)(
    'FI-12: %s refuses an empty filter and says what to do',
    async (base) => {
      const host = await places({ compatibility: base })
      for (const query of ['?filter=', '?filter', '?filter=%20%20']) {
        const { status, body } = await host.send('GET', `/Places${query}`)
        expect([status, body.scimType]).toEqual([400, 'invalidFilter'])
        expect(body.detail).toContain('leave the parameter out')
      }
    },
  )

  it('FI-17, stringNumbers: lenient reads texts as numbers where the schema says so, strict and interop refuse them', async () => {
    const devices = async (options: HostOptions): Promise<Host> => {
      const host = await start(options)
      for (const [name, floor, weight] of [
        ['low', 1, 1.5],
        ['high', 42, -3],
      ]) {
        const body = { schemas: [deviceUrn], name, floor, weight, ports: [{ value: floor }] }
        expect((await host.send('POST', '/Devices', { body })).status).toBe(201)
      }
      return host
    }
    const notes: Note[] = []
    const lenient = await devices({ onNote: (note) => notes.push(note) })
    const [strict, interop] = [await devices({ compatibility: 'strict' }), await devices({ compatibility: 'interop' })]
    for (const [filter, found] of [
      ['floor eq "42"', ['high']],
      ['floor ne "42"', ['low']],
      ['not (floor gt "1")', ['low']],
      ['weight le "-3.0"', ['high']],
      ['weight eq "15e-1"', ['low']],
      ['ports[value eq "42"]', ['high']],
      ['ports.value ge "2" and floor lt "100"', ['high']],
      ['ports eq "1"', ['low']],
    ] as const) {
      notes.length = 0
      const answer = await lenient.send('GET', `/Devices${filtered(filter)}`)
      expect([filter, resourcesOf(answer)?.map(({ name }) => name)]).toEqual([filter, found])
      expect(notes.map(({ rule }) => rule)).toContain('stringNumbers')
      for (const host of [strict, interop]) {
        const { status, body } = await host.send('GET', `/Devices${filtered(filter)}`)
        expect([filter, status, body.scimType]).toEqual([filter, 400, 'invalidFilter'])
      }
    }
    for (const filter of ['floor eq "x"', 'floor eq "4.2"', 'floor eq ""', 'weight eq "0x10"', 'floor co "4"']) {
      const { status, body } = await lenient.send('GET', `/Devices${filtered(filter)}`)
      expect([filter, status, body.scimType]).toEqual([filter, 400, 'invalidFilter'])
    }
  })
}

function lists(): readonly object[] {
  return [
    attribute('kinds', { multiValued: true }),
    attribute('scores', { type: 'integer', multiValued: true }),
    attribute('dates', { type: 'dateTime', multiValued: true }),
  ]
}

function hidden(name: string): object {
  return attribute(name, { mutability: 'writeOnly', returned: 'never' })
}

function schema(id: string, name: string, attributes: readonly object[]): object {
  return { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'], id, name, attributes }
}

function attribute(name: string, characteristics: object = {}): object {
  const usual = { type: 'string', multiValued: false, required: false, caseExact: false, mutability: 'readWrite' }
  return { name, ...usual, returned: 'default', uniqueness: 'none', description: name, ...characteristics }
}
