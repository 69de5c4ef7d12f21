// How long generate() takes for a schema of 500 attributes in a warm process, beside its floor: parsing the schema and
// writing as many bytes as come out. How long --watch takes from a change of one file of many to the code it leads to.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from '@scimkit/codegen'
import { runCommandLine } from '../tools/codegen/src/commands/run-command-line.js'
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
  const started = process.cpuUsage()
  const { files, faults } = await generate({ schemas: [{ file: 'large.json', document: JSON.parse(text) }] })
  const spent = process.cpuUsage(started)
  const done = process.cpuUsage()
  if (faults.length > 0) throw new Error('the schema is sound')
  JSON.parse(text)
  for (const [name, content] of files) writeFileSync(join(folder, name), content)
  const written = process.cpuUsage(done)
  bytes = [...files.values()].join('').length
  if (run < 0) continue
  ours.push((spent.user + spent.system) / 1_000)
  floor.push((written.user + written.system) / 1_000)
}
rmSync(folder, { recursive: true, force: true })

/**
 * Changes one schema file under watch, again and again.
 *
 * @param files Schema files of 20 attributes each.
 * @returns Milliseconds of CPU time that a change takes, median.
 */
async function measureWatch(files: number): Promise<number> {
  const place = mkdtempSync(join(tmpdir(), 'scimkit-bench-'))
  mkdirSync(join(place, 'schemas'))
  writeFileSync(join(place, 'package.json'), '{}')
  const save = (number: number, name: string) => {
    const attributes = Array.from({ length: 20 }, (_, index) => ({
      name: index === 1 ? name : `attribute${index}`,
      description: 'A text as long as such texts are.',
      ...(index % 5 === 0 && { type: 'complex', subAttributes: [{ name: 'value' }, { name: 'type' }] }),
    }))
    const id = `urn:example:params:scim:schemas:extension:x${number}:2.0:User`
    writeFileSync(join(place, `schemas/x${number}.json`), JSON.stringify({ id, name: `X ${number}`, attributes }))
  }
  for (let number = 0; number < files; number++) save(number, 'first')
  const stop = new AbortController()
  let built = () => {}
  const next = () =>
    new Promise<void>((resolve) => {
      built = resolve
    })
  const first = next()
  const running = runCommandLine(
    ['generate', '--watch', '--schemas', join(place, 'schemas'), '--out', join(place, 'out')],
    { signal: stop.signal, onBuild: ({ output }) => /^(watching|built)/.test(output.at(-1) ?? '') && built() },
  )
  await first
  const times: number[] = []
  for (let run = -10; run < 21; run++) {
    const done = next()
    const before = process.cpuUsage()
    save(0, `name${run + 10}`)
    await done
    const { user, system } = process.cpuUsage(before)
    if (run >= 0) times.push((user + system) / 1_000)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  stop.abort()
  await running
  rmSync(place, { recursive: true, force: true })
  return median(times)
}

const milliseconds = median(ours)
const [one, many] = [await measureWatch(1), await measureWatch(100)]
report('codegen', [
  { what: 'generate(), 500 attributes, ms of CPU', figure: milliseconds, goal: '≤ 300', holds: milliseconds <= 300 },
  { what: 'parse and write the same, ms of CPU', figure: median(floor) },
  { what: 'generate() in floors', figure: milliseconds / median(floor) },
  { what: 'characters generated', figure: bytes },
  { what: '--watch, one file, ms of CPU for a change', figure: one, goal: '≤ 50', holds: one <= 50 },
  { what: '--watch, one of 100 files, ms of CPU', figure: many, goal: '≤ 50', holds: many <= 50 },
])
