import { ScimError, urns } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import {
  checkMessageSchemas,
  findMessageMember,
  findMessageMembers,
  foldKeyword,
  isWithoutSchemas,
  joinSlashes,
} from './read-message.js'
import type { Note, Reading } from './reading.js'
import { resolveCompatibility } from './resolve-compatibility.js'

/** Runs something under a base, and lists its result, or the refusal, with the rules that were needed. */
function run(work: (reading: Reading) => unknown, base: 'lenient' | 'strict' = 'lenient') {
  const notes: Note[] = []
  const rules = resolveCompatibility(base)
  try {
    return { result: work({ rules, onNote: (note) => notes.push(note) }), rules: notes.map(({ rule }) => rule) }
  } catch (error) {
    if (ScimError.is(error)) return { refused: `${error.scimType}: ${error.detail}` }
    throw error
  }
}

describe('schemas of a message', () => {
  it.each([undefined, null, []])('may be left out by rule: %j', (schemas) => {
    expect(isWithoutSchemas(schemas)).toBe(true)
    expect(run((reading) => checkMessageSchemas(schemas, urns.patchOp, reading)).rules).toEqual(['patchWithoutSchemas'])
    for (const urn of [urns.searchRequest, urns.bulkRequest]) {
      expect(run((reading) => checkMessageSchemas(schemas, urn, reading)).rules).toEqual(['messageWithoutSchemas'])
    }
    const refused = `invalidSyntax: schemas must be a list that holds ${urns.patchOp}`
    expect(run((reading) => checkMessageSchemas(schemas, urns.patchOp, reading), 'strict')).toEqual({ refused })
  })

  it('may list the URN in another case and beside others', () => {
    const schemas = ['urn:example:x', urns.patchOp.toUpperCase()]
    expect(run((reading) => checkMessageSchemas(schemas, urns.patchOp, reading), 'strict').rules).toEqual([])
  })

  it.each([{ schemas: [urns.searchRequest] }, { schemas: urns.patchOp }, { schemas: [5] }])(
    'are refused in every mode when they are wrong: $schemas',
    ({ schemas }) => {
      const refused = `invalidSyntax: schemas must be a list that holds ${urns.patchOp}`
      expect(run((reading) => checkMessageSchemas(schemas, urns.patchOp, reading))).toEqual({ refused })
    },
  )
})

describe('members of a message', () => {
  const find = (message: object, base?: 'strict') =>
    run((reading) => findMessageMember(message, 'Operations', reading), base)

  it('are found in another case by rule', () => {
    expect(find({ Operations: 1 }, 'strict')).toEqual({ result: 1, rules: [] })
    expect(find({ operations: 1 })).toEqual({ result: 1, rules: ['messageKeyCase'] })
    expect(find({ operations: 1 }, 'strict')).toEqual({
      refused: 'invalidValue: "operations" must be spelt "Operations"',
    })
    expect(find({ Operation: 1 })).toEqual({ result: undefined, rules: [] })
  })

  it('are refused when two differ in case alone', () => {
    const refused = 'invalidValue: Operations is given twice in different spelling; give it once'
    expect(find({ Operations: 1, operations: 1 })).toEqual({ refused })
  })

  it('are never inherited', () => {
    expect(run((reading) => findMessageMember({}, 'toString', reading))).toEqual({ result: undefined, rules: [] })
  })

  it('are found together', () => {
    const message = { Count: 5, filter: 'x', other: 1 }
    expect(run((reading) => findMessageMembers(message, ['count', 'filter', 'sortBy'], reading))).toEqual({
      result: { count: 5, filter: 'x', sortBy: undefined },
      rules: ['messageKeyCase'],
    })
  })
})

describe('keywords and paths', () => {
  const fold = (given: string, base?: 'strict') =>
    run((reading) => foldKeyword(given, { path: 'method', keywords: ['POST', 'PUT'] }, reading), base)

  it('keywords are read in another case by rule', () => {
    expect(fold('POST', 'strict')).toEqual({ result: 'POST', rules: [] })
    expect(fold('post')).toEqual({ result: 'POST', rules: ['keywordCase'] })
    expect(fold('post', 'strict')).toEqual({ result: 'post', rules: [] })
    expect(fold('patch')).toEqual({ result: 'patch', rules: [] })
  })

  it('several slashes are read as one by rule', () => {
    const join = (path: string, base?: 'strict') => run((reading) => joinSlashes(path, reading), base)
    expect(join('/scim/v2///Users//1')).toEqual({ result: '/scim/v2/Users/1', rules: ['doubledSlashes'] })
    expect(join('/scim//Users', 'strict')).toEqual({ result: '/scim//Users', rules: [] })
    expect(join('/scim/Users')).toEqual({ result: '/scim/Users', rules: [] })
  })
})
