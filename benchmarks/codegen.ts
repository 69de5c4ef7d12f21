// How long generate() takes for a schema of 500 attributes in a warm process, beside its floor: parsing the schema and
// writing as many bytes as come out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from '@scimkit/codegen'
import { median, report } from './measure.js'

const runs = 11
const simple = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference']

/** 100 complex attributes of four sub-attributes each make 500 attributes; every data type is among them. */
const schema = {
  id: 'urn:example:params:scim:schemas:extension:large:2.0:User',
  name: 'Large',
  description: 'A schema of 500 attributes.',
  attributes: Array.from({ length: 100 }, (_, index) => ({
    name: `attribute${index}s`,
    type: 'complex',
    multiValued: index % 2 === 0,
    description: `Attribute number ${index}, with a text as long as such texts are.`,
    subAttributes: Array.from({ length: 4 }, (_, position) => ({
      name: position === 0 ? 'value' : `part${position}`,
      type: simple[(index + position) % simple.length],
      description: `Part ${position} of attribute ${index}.`,
      mutability: position === 3 ? 'readOnly' : 'readWrite',
      ...(position === 1 && { canonicalValues: ['work', 'home', 'other'] }),
    })),
  })),
}
const text = JSON.stringify(schema, null, 2)
const folder = mkdtempSync(join(tmpdir(), 'scimkit-bench-'))
const ours: number[] = []
const floor: number[] = []
let bytes = 0

for (let run = -3; run < runs; run++) {
  const started = performance.now()
  const { files, faults } = await generate({ schemas: [{ file: 'large.json', document: JSON.parse(text) }] })
  const done = performance.now()
  if (faults.length > 0) throw new Error('the schema is sound')
  JSON.parse(text)
  for (const [name, content] of files) writeFileSync(join(folder, name), content)
  const written = performance.now()
  bytes = [...files.values()].join('').length
  if (run < 0) continue
  ours.push(done - started)
  floor.push(written - done)
}
rmSync(folder, { recursive: true, force: true })

const milliseconds = median(ours)
report('codegen', [
  { what: 'generate(), 500 attributes, ms', figure: milliseconds, goal: '≤ 300', holds: milliseconds <= 300 },
  { what: 'parse and write the same, ms', figure: median(floor) },
  { what: 'generate() in floors', figure: milliseconds / median(floor) },
  { what: 'characters generated', figure: bytes },
])
