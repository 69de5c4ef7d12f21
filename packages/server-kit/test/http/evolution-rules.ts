import { urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { attribute } from './device.js'
import { badgeUrn, defineGroup, type Shape, startAnew, startGroups, userUrn } from './evolution.js'
import {
  type Body,
  createGroup,
  createUser,
  filtered,
  type Host,
  patchOp,
  resourcesOf,
  type StartHost,
} from './host.js'

/** A resource that was stored by one schema and is refused by the next. */
interface Case {
  readonly name: string
  readonly before: Shape
  readonly after: Shape
  readonly stored: object
  /** Path that filters and sorting ask for. */
  readonly path: string
  /** Whether the fault is that something is missing, which a PUT has to give unless rule `unchangedRequired` is on. */
  readonly missing?: boolean
  /** What a lenient PUT makes of it. */
  readonly read?: object
}

const complex = (name: string, subAttributes: readonly object[], more: object = {}) =>
  attribute(name, { type: 'complex', subAttributes, ...more })
const list = (name: string, subAttributes: readonly object[]) => complex(name, subAttributes, { multiValued: true })
const simple = (name: string, value: unknown, after: object, before: object = {}): Omit<Case, 'name'> => ({
  before: { attributes: [attribute('code', before)] },
  after: { attributes: [attribute('code', after)] },
  stored: { [name]: value },
  path: name,
})
const wings = { value: 'w', kind: 'left' }

const cases: readonly Case[] = [
  { name: 'an attribute became required', ...simple('code', undefined, { required: true }), missing: true },
  {
    name: 'a complex attribute became required',
    before: {},
    after: { attributes: [complex('wing', [attribute('value')], { required: true })] },
    stored: {},
    path: 'wing.value',
    missing: true,
  },
  { name: 'a required text is empty', ...simple('code', '', { required: true }), missing: true },
  { name: 'string became integer', ...simple('code', 'x1', { type: 'integer' }) },
  { name: 'string became boolean', ...simple('code', 'x1', { type: 'boolean' }) },
  { name: 'integer became string', ...simple('code', 7, {}, { type: 'integer' }) },
  { name: 'string became dateTime', ...simple('code', 'yesterday', { type: 'dateTime' }) },
  { name: 'string became binary', ...simple('code', '%%%', { type: 'binary' }) },
  { name: 'string became reference', ...simple('code', 'a b', { type: 'reference', referenceTypes: ['external'] }) },
  {
    name: 'single became multi-valued',
    ...simple('code', 'x1', { multiValued: true }),
    read: { code: ['x1'] },
  },
  { name: 'multi-valued became single', ...simple('code', ['x1', 'x2'], {}, { multiValued: true }) },
  {
    name: 'the texts of a list became integers',
    ...simple('code', ['x1'], { multiValued: true, type: 'integer' }, { multiValued: true }),
  },
  {
    name: 'simple became complex',
    ...simple('code', 'x1', { type: 'complex', subAttributes: [attribute('value')] }),
    read: { code: { value: 'x1' } },
  },
  {
    name: 'complex became simple',
    ...simple('code', { value: 'x1' }, {}, { type: 'complex', subAttributes: [attribute('value')] }),
  },
  {
    name: 'a complex attribute became a list of them',
    ...simple(
      'code',
      { value: 'x1' },
      { type: 'complex', multiValued: true, subAttributes: [attribute('value')] },
      { type: 'complex', subAttributes: [attribute('value')] },
    ),
    read: { code: [{ value: 'x1' }] },
  },
  { name: 'an attribute got canonical values', ...simple('code', 'x1', { canonicalValues: ['a', 'b'] }) },
  { name: 'an attribute became unique', ...simple('code', 'x1', { uniqueness: 'server' }) },
  { name: 'an attribute became immutable', ...simple('code', 'x1', { mutability: 'immutable' }) },
  { name: 'an attribute became readOnly', ...simple('code', 'x1', { mutability: 'readOnly' }) },
  {
    name: 'a sub-attribute became required',
    before: { attributes: [complex('wing', [attribute('value'), attribute('kind')])] },
    after: { attributes: [complex('wing', [attribute('value'), attribute('kind', { required: true })])] },
    stored: { wing: { value: 'w' } },
    path: 'wing.kind',
    missing: true,
  },
  {
    name: 'a sub-attribute of elements became required',
    before: { attributes: [complex('wings', [attribute('value'), attribute('kind')], { multiValued: true })] },
    after: {
      attributes: [
        complex('wings', [attribute('value'), attribute('kind', { required: true })], { multiValued: true }),
      ],
    },
    stored: { wings: [{ value: 'x' }, wings] },
    path: 'wings.kind',
    missing: true,
  },
  {
    name: 'a sub-attribute of elements changed its type',
    before: { attributes: [complex('wings', [attribute('value'), attribute('kind')], { multiValued: true })] },
    after: {
      attributes: [
        complex('wings', [attribute('value'), attribute('kind', { type: 'integer' })], { multiValued: true }),
      ],
    },
    stored: { wings: [wings] },
    path: 'wings.kind',
  },
  {
    name: 'an extension became required',
    before: { badge: [attribute('label')] },
    after: { badge: [attribute('label')], badgeRequired: true },
    stored: {},
    path: `${badgeUrn}:label`,
    missing: true,
  },
  {
    name: 'an attribute of an extension became required',
    before: { badge: [attribute('label'), attribute('serial')] },
    after: { badge: [attribute('label', { required: true }), attribute('serial')] },
    stored: { schemas: [userUrn, badgeUrn], [badgeUrn]: { serial: 's' } },
    path: `${badgeUrn}:label`,
    missing: true,
  },
  {
    name: 'an attribute of an extension changed its type',
    before: { badge: [attribute('label')] },
    after: { badge: [attribute('label', { type: 'integer' })] },
    stored: { schemas: [userUrn, badgeUrn], [badgeUrn]: { label: 'x' } },
    path: `${badgeUrn}:label`,
  },
  {
    name: 'an extension is gone',
    before: { badge: [attribute('label')] },
    after: {},
    stored: { schemas: [userUrn, badgeUrn], [badgeUrn]: { label: 'x' } },
    path: 'title',
  },
  {
    name: 'an attribute is gone',
    before: { attributes: [attribute('code')] },
    after: {},
    stored: { code: 'x1' },
    path: 'title',
  },
]

/**
 * A stored resource that the schema of today refuses stays workable: a change is judged by what it changes.
 *
 * @param start Starts a service provider.
 */
export function evolutionRules(start: StartHost): void {
  describe.each(['strict', 'interop', 'lenient'] as const)('in %s', (compatibility) => {
    const open = async ({ before, after, stored }: Case): Promise<{ host: Host; id: string; given: Body }> => {
      let id = ''
      const fill = async (host: Host): Promise<void> => {
        const body = { schemas: [userUrn], userName: 'ada', title: 'Dr', active: true, ...stored }
        const made = await host.send('POST', '/Users', { body })
        expect(made.status).toBe(201)
        id = String(made.body.id)
      }
      const authenticate = () => ({ subject: 'ada', userId: id, scopes: ['scim'] })
      const host = await startAnew(start, { before, after }, fill, { compatibility, authenticate })
      return { host, id, given: (await host.send('GET', `/Users/${id}`)).body }
    }

    it.each(cases)('$name: the resource is read, listed, filtered and sorted', async (one) => {
      const { host, id, given } = await open(one)
      expect(given.userName).toBe('ada')
      const queries = [
        '',
        filtered('userName eq "ada"'),
        `?sortBy=${one.path}`,
        `${filtered('title pr')}&sortBy=${one.path}`,
      ]
      for (const query of queries) {
        expect(resourcesOf(await host.send('GET', `/Users${query}`)).map((found) => found.id)).toEqual([id])
      }
      expect((await host.send('GET', `/Users${filtered(`${one.path} pr or title pr`)}`)).status).toBe(200)
    })

    it.each(cases)('$name: it is disabled by PATCH, at /Me and in a bulk request, and keeps all else', async (one) => {
      const { host, id, given } = await open(one)
      const set = (active: boolean) => ({ op: 'replace', path: 'active', value: active })
      expect((await host.send('PATCH', `/Users/${id}`, { body: patchOp(set(false)) })).status).toBe(200)
      expect((await host.send('PATCH', '/Me', { body: patchOp(set(true)) })).status).toBe(200)
      const data = patchOp(set(false), { op: 'remove', path: 'title' })
      const Operations = [{ method: 'PATCH', path: `/Users/${id}`, data }]
      const bulk = await host.send('POST', '/Bulk', { body: { schemas: [urns.bulkRequest], Operations } })
      expect(bulk.body.Operations).toMatchObject([{ status: '200' }])
      const { title: _title, meta: _meta, ...kept } = given
      const { meta: _now, ...now } = (await host.send('GET', `/Users/${id}`)).body
      expect(now).toEqual({ ...kept, active: false })
      expect((await host.send('DELETE', `/Users/${id}`)).status).toBe(204)
    })

    it('a part of a stored value that the schema refuses may be sent as it is, by its own path', async () => {
      const { host, id, given } = await open({
        name: 'a part became integer',
        before: { attributes: [complex('wing', [attribute('value'), attribute('side')])] },
        after: { attributes: [complex('wing', [attribute('value'), attribute('side', { type: 'integer' })])] },
        stored: { wing: { value: 'w', side: 'left' } },
        path: 'wing.value',
      })
      const send = (value: string) => {
        const body = patchOp({ op: 'replace', path: 'wing.side', value })
        return host.send('PATCH', `/Users/${id}`, { body })
      }
      expect([(await send('left')).status, (await send('right')).status]).toEqual([200, 400])
      expect((await host.send('GET', `/Users/${id}`)).body.wing).toEqual(given.wing)
    })

    it.each(cases)('$name: a PUT of what was read is taken, but strict demands what is required', async (one) => {
      const { host, id, given } = await open(one)
      const put = await host.send('PUT', `/Users/${id}`, { body: { ...given, active: false } })
      if (compatibility === 'strict' && one.missing) {
        expect([put.status, put.body.scimType]).toEqual([400, 'invalidValue'])
        return
      }
      const read = one.read && compatibility === 'lenient' ? one.read : {}
      expect([put.status, put.body]).toEqual([200, { ...given, ...read, active: false, meta: put.body.meta }])
      const again = await host.send('PUT', `/Users/${id}`, { body: given })
      expect(again.body).toEqual({ ...given, ...read, meta: expect.anything() })
    })

    const elements: Case = {
      name: 'elements',
      before: { attributes: [list('wings', [attribute('value'), attribute('kind'), attribute('size')])] },
      after: {
        attributes: [
          list('wings', [
            attribute('value'),
            attribute('kind', { required: true }),
            attribute('size', { type: 'integer' }),
          ]),
          complex('tail', [attribute('value'), attribute('kind', { required: true })]),
        ],
        badge: [attribute('label', { required: true }), attribute('serial')],
      },
      stored: { wings: [{ value: 'x' }, { value: 'y', kind: 'left', size: 'large' }] },
      path: 'wings.kind',
    }

    it('an untouched element at fault lets its siblings change, come and go', async () => {
      const { host, id } = await open(elements)
      const patch = async (...operations: readonly object[]) =>
        (await host.send('PATCH', `/Users/${id}`, { body: patchOp(...operations) })).body.wings
      const add = { op: 'add', path: 'wings', value: [{ value: 'z', kind: 'right' }] }
      const [x, y] = [{ value: 'x' }, { value: 'y', kind: 'left', size: 'large' }]
      expect(await patch(add)).toEqual([x, y, { value: 'z', kind: 'right' }])
      expect(await patch({ op: 'replace', path: 'wings[value eq "z"].kind', value: 'up' })).toEqual([
        x,
        y,
        { value: 'z', kind: 'up' },
      ])
      if (compatibility !== 'interop') {
        expect(await patch({ op: 'remove', path: 'wings[value eq "z"]' })).toEqual([x, y])
      }
      expect(await patch({ op: 'replace', path: 'wings[value eq "y"].kind', value: 'up' })).toEqual(
        expect.arrayContaining([x, { ...y, kind: 'up' }]),
      )
      expect(await patch({ op: 'replace', path: 'wings[value eq "x"].value', value: 'w' })).toContainEqual({
        value: 'w',
      })
      const put = { schemas: [userUrn], userName: 'ada', wings: [y, { value: 'new', kind: 'left' }] }
      expect((await host.send('PUT', `/Users/${id}`, { body: put })).body.wings).toEqual(put.wings)
    })

    const pathless = compatibility !== 'interop' // which has no operation without a path
    if (pathless) {
      it('a resource that PATCH sends back whole is not a change, faults and all', async () => {
        const { host, id, given } = await open(elements)
        const { meta: _meta, id: _id, ...value } = given
        const send = (op: string, more: object = {}) =>
          host.send('PATCH', `/Users/${id}`, { body: patchOp({ op, value: { ...value, ...more } }) })
        for (const op of ['add', 'replace']) {
          const answer = await send(op)
          expect([answer.status, answer.body]).toEqual([200, given])
        }
        const titled = await send('replace', { title: 'Prof' })
        expect(titled.body).toEqual({ ...given, title: 'Prof', meta: expect.anything() })
      })
    }

    it('a fault that a request makes, or makes once more, is refused', async () => {
      const { host, id, given } = await open(elements)
      const operations = [
        { op: 'add', path: 'wings', value: [{ value: 'z' }] },
        { op: 'replace', path: 'wings', value: [{ value: 'x' }, { value: 'z' }] },
        { op: 'remove', path: 'wings[value eq "y"].kind' },
        { op: 'add', path: 'wings[value eq "x"].size', value: 'large' },
        { op: 'add', path: 'tail', value: { value: 'x' } },
        { op: 'add', path: 'tail.value', value: 'x' },
        { op: 'add', path: `${badgeUrn}:serial`, value: 's' },
        { op: 'add', path: badgeUrn, value: { serial: 's' } },
      ]
      for (const operation of operations) {
        const answer = await host.send('PATCH', `/Users/${id}`, { body: patchOp(operation) })
        expect([answer.status, operation]).toEqual([400, operation])
      }
      const [x, y] = given.wings as readonly object[]
      const bodies = [
        { wings: [x, y, { value: 'z' }] },
        { wings: [x, y, y] },
        { wings: [x, { ...y, size: 'small' }] },
        { wings: 5 },
        { tail: { value: 'x' } },
        { title: 7 },
        { [badgeUrn]: { serial: 's' }, schemas: [userUrn, badgeUrn] },
      ]
      for (const body of bodies) {
        const answer = await host.send('PUT', `/Users/${id}`, { body: { ...given, ...body } })
        expect([answer.status, answer.body.scimType, body]).toEqual([400, 'invalidValue', body])
      }
      expect((await host.send('GET', `/Users/${id}`)).body).toEqual(given)
    })

    it('a fault is mended by PATCH and by PUT', async () => {
      const { host, id, given } = await open({
        ...elements,
        ...simple('code', 'x1', { type: 'integer', required: true }),
      })
      const mend = patchOp({ op: 'replace', path: 'code', value: 7 })
      expect((await host.send('PATCH', `/Users/${id}`, { body: mend })).body.code).toBe(7)
      for (const code of ['x1', 'x2']) {
        expect((await host.send('PUT', `/Users/${id}`, { body: { ...given, code } })).status).toBe(400)
      }
      expect((await host.send('PUT', `/Users/${id}`, { body: { ...given, code: 8 } })).body.code).toBe(8)
    })

    it('a group that lacks what is required now is renamed, joined, left and replaced', async () => {
      const required = defineGroup([attribute('owner', { required: true })])
      const { host, first } = await startGroups(start, required, { compatibility })
      const user = await createUser(first, 'ada')
      const { id } = await createGroup(first, 'g', [user.id])
      const send = async (method: string, body: object) => (await host.send(method, `/Groups/${id}`, { body })).status
      const leave = { op: 'remove', path: 'members' }
      expect(await send('PATCH', patchOp({ op: 'replace', path: 'displayName', value: 'h' }))).toBe(204)
      expect(await send('PATCH', patchOp(leave))).toBe(204)
      expect(await send('PATCH', patchOp({ op: 'add', path: 'members', value: [{ value: user.id }] }))).toBe(204)
      const body = { schemas: [urns.group], displayName: 'i', members: [{ value: user.id }] }
      expect(await send('PUT', body)).toBe(compatibility === 'strict' ? 400 : 200)
      expect(await send('PUT', { ...body, owner: 'o' })).toBe(200)
      expect(await send('PUT', body)).toBe(400)
      expect((await host.send('DELETE', `/Groups/${id}`)).status).toBe(204)
    })
  })
}
