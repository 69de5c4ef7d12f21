import { ScimError } from '@scimkit/core/schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './parse-json.js'

const parse = (text: string, maxJsonDepth = 3, maxJsonMembers = 3): unknown =>
  parseJson(new TextEncoder().encode(text), { maxJsonDepth, maxJsonMembers })

function refusal(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return ScimError.is(error) ? [error.status, error.scimType, error.detail] : error
  }
  return undefined
}

describe('the limits of a body', () => {
  it.each([
    { name: 'depth at the limit', text: '[[[]]]' },
    { name: 'brackets in strings do not count', text: '["[[[[{{{{"]' },
    { name: 'an escaped quotation mark does not end a string', text: '["\\"[[[[", "\\\\"]' },
    { name: 'brackets that were closed do not count', text: '[[],[],[],[],[]]' },
    { name: 'members at the limit', text: '{"a":{"b":1},"c:":"d:"}' },
  ])('$name', ({ text }) => {
    expect(parse(text)).toEqual(JSON.parse(text))
  })

  it.each([
    { text: '[[[[]]]]', detail: 'The request body is nested deeper than 3 levels' },
    { text: '[{"a":[{', detail: 'The request body is nested deeper than 3 levels' },
    { text: '{"a":1,"b":1,"c":1,"d":1}', detail: 'The request body holds more than 3 members' },
    { text: '["[[[[', detail: 'The request body is not valid JSON' },
    { text: ']]]}}}', detail: 'The request body is not valid JSON' },
    { text: '', detail: 'The request needs a body' },
  ])('$text is refused: $detail', ({ text, detail }) => {
    expect(refusal(() => parse(text))).toEqual([400, 'invalidSyntax', detail])
  })

  it('counts as JSON.parse sees it', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }).map((value) => JSON.stringify(value)),
        (text) => {
          const { depth, members } = measure(JSON.parse(text))
          expect(() => parse(text, depth, members)).not.toThrow()
          if (depth > 0) expect(() => parse(text, depth - 1, members)).toThrow(/deeper/)
          if (members > 0) expect(() => parse(text, depth, members - 1)).toThrow(/members/)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('half of a surrogate pair', () => {
  it.each([
    { text: String.raw`"\ud83d"`, where: 'The request body' },
    { text: String.raw`{"name":{"givenName":"a\uDE00"}}`, where: 'name.givenName' },
    { text: String.raw`{"emails":[{"value":"a"},{"value":"\ud83d!"}]}`, where: 'emails.value' },
    { text: String.raw`{"a":{"\ud83d":1}}`, where: 'a' },
    { text: String.raw`{"\udc00":1}`, where: 'The request body' },
  ])('$text is refused by its path', ({ text, where }) => {
    expect(refusal(() => parse(text))).toEqual([400, 'invalidValue', `${where} holds half of a surrogate pair`])
  })

  it.each([String.raw`"\ud83d\ude00"`, String.raw`"\u0041"`, '"😀"', String.raw`"\\ud83d"`])('%s is kept', (text) => {
    expect(parse(text)).toBe(JSON.parse(text))
  })
})

it('bytes that are not UTF-8 are refused', () => {
  const parseBytes = () => parseJson(new Uint8Array([0x22, 0xff, 0x22]), { maxJsonDepth: 3, maxJsonMembers: 3 })
  expect(refusal(parseBytes)).toEqual([400, 'invalidSyntax', 'The request body is not valid UTF-8'])
})

function measure(value: unknown): { depth: number; members: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, members: 0 }
  const inside = Object.values(value).map(measure)
  return {
    depth: 1 + Math.max(0, ...inside.map(({ depth }) => depth)),
    members: inside.reduce((sum, { members }) => sum + members, Array.isArray(value) ? 0 : inside.length),
  }
}
