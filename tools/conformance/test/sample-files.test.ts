import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { type ConversationSample, readSamples } from '../src/index.js'

const folder = fileURLToPath(new URL('../../../schemas/samples', import.meta.url))
const samples = await readSamples(folder)
const schema = JSON.parse(await readFile(`${folder}/sample.schema.json`, 'utf8')) as object
const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema)

describe('the files of schemas/samples', () => {
  it.each([...samples.files])('%s.json keeps to sample.schema.json', (_name, sample) => {
    expect(validate(sample) ? [] : validate.errors).toEqual([])
  })

  it.each([...samples.files])('%s.json is named after what it holds', (name, sample) => {
    const start =
      'provider' in sample && !('steps' in sample) && sample.provider !== 'rfc' ? `${sample.provider}-` : sample.id
    expect(name.startsWith(start)).toBe(true)
    expect(name).toMatch(/^[a-z0-9.-]+$/)
  })

  it('hold every request that an identity provider is known to send', () => {
    const ids = new Set(samples.exchanges.map((sample) => sample.id.split('.')[0]))
    const known = [
      range('E', 27),
      range('O', 15),
      range('L', 4),
      range('J', 3),
      range('P', 3),
      range('G', 3),
      range('S', 4),
    ].flat()
    // Okta never deletes a user, so there is no request O8.
    expect(known.filter((id) => id !== 'O8' && !ids.has(id))).toEqual([])
  })
})

describe.each(samples.conversations)('$id', (conversation) => {
  const steps = samplesOf(conversation)

  it('declares the rules that its samples need', () => {
    const needed = new Set(steps.flatMap((sample) => Object.keys(sample.rules ?? {})))
    expect([...conversation.rules].sort()).toEqual([...needed].sort())
  })

  it('names samples of its own provider alone', () => {
    expect(steps.map((sample) => sample.provider)).toEqual(steps.map(() => conversation.provider))
  })
})

it('Okta never deletes a user', () => {
  const deletes = samples.exchanges.filter(
    ({ provider, request }) => provider === 'okta' && request.method === 'DELETE',
  )
  expect(deletes.filter(({ request }) => request.path.startsWith('/Users'))).toEqual([])
})

function samplesOf(conversation: ConversationSample) {
  return conversation.steps.flatMap((step) => {
    if (!('sample' in step)) return []
    const sample = samples.exchanges.find(({ id }) => id === step.sample)
    if (!sample) throw new Error(`${conversation.id} names the sample ${step.sample}, which is not there`)
    return [sample]
  })
}

function range(letter: string, last: number): string[] {
  return Array.from({ length: last }, (_, index) => `${letter}${index + 1}`)
}
