import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { urns } from '@scimkit/core/documents'
import { describe, expect, it } from 'vitest'
import { generate } from '../generate.js'

const folder = join(import.meta.dirname, '../../../../schemas/scim')
const load = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))

describe('a schema of the standard', () => {
  it.each(['user', 'group', 'enterprise-user'])(
    'gives no warning where %s.json says what the standard says',
    async (name) => {
      const document = load(name)
      const turned = { ...document, attributes: document.attributes.toReversed() }
      const { warnings } = await generate({ schemas: [{ file: `${name}.json`, document: turned }], plugins: ['types'] })
      expect(warnings).toEqual([])
    },
  )

  it('gives a warning with the attributes that differ where a document defines it anew', async () => {
    const user = load('user')
    const kept = user.attributes
      .slice(0, 3)
      .map((one: object, index: number) => (index ? one : { ...one, required: false }))
    const document = { ...user, id: urns.user.toUpperCase(), attributes: [...kept, { name: 'badge' }] }
    const { warnings } = await generate({ schemas: [{ file: 'user.json', document }], plugins: ['types'] })
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^the schema of the standard is defined anew and lacks \w+, \w+, \w+ and \d+ more, changes userName, adds badge; leave the document out/,
      ),
    ])
  })

  it('or any other is named by both entries, once, where a document has it twice', async () => {
    const lamp = (id: string) => ({ id, name: 'Lamp', attributes: [{ name: 'a' }] })
    const urn = 'urn:example:params:scim:schemas:core:2.0:Lamp'
    const document = [lamp(urn), lamp(`${urn}2`), lamp(urn.toUpperCase())]
    const { faults } = await generate({ schemas: [{ file: 'lamps.json', document }] })
    const message = 'entries [0] and [2] are the same schema; remove one of the two'
    expect(faults).toEqual([{ file: 'lamps.json', path: urn.toUpperCase(), message }])
  })
})
