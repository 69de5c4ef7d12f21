import { describe, expect, it } from 'vitest'
import { generate } from '../generate.js'
import type { CodegenPlugin } from './codegen-plugin.js'

const document = {
  id: 'urn:example:params:scim:schemas:extension:acme:2.0:User',
  name: 'Acme',
  attributes: [{ name: 'a' }],
}
const plugin = (name: string, emit: unknown): CodegenPlugin => ({ name, emit }) as CodegenPlugin // as a user may write it
const run = (...plugins: readonly CodegenPlugin[]) => generate({ schemas: [{ file: 'a.json', document }], plugins })

const faults: readonly { name: string; given: readonly CodegenPlugin[]; want: string }[] = [
  {
    name: 'one that throws',
    given: [
      plugin('mine', () => {
        throw new Error('no template\nin detail')
      }),
    ],
    want: 'no template; fix the plug-in, or remove it from plugins',
  },
  {
    name: 'one that returns no list',
    given: [plugin('mine', () => 'text')],
    want: 'emit returned no list of files; return a list of { path, text }',
  },
  {
    name: 'one whose file another one has written',
    given: ['first', 'mine'].map((name) => plugin(name, () => [{ path: 'a.ts', text: '' }])),
    want: 'the plug-in first has written a.ts already; give the file another path',
  },
]

describe('plug-ins', () => {
  for (const { name, given, want } of faults) {
    it(`are named where they fail: ${name}`, async () => {
      const { files, faults } = await run(...given)
      expect([files.size, faults]).toEqual([0, [{ file: 'plug-in mine', path: '', message: want }]])
    })
  }

  it('pass on their exports in an index, the last of several with one name', async () => {
    const { files } = await run(
      plugin('one', () => [{ path: 'one.ts', text: '1', exports: { values: ['a', 'b'] } }]),
      plugin('two', async () => [{ path: 'two.ts', text: '2', exports: { types: ['T'], values: ['b'] } }]),
    )
    expect([...files.keys()]).toEqual(['index.ts', 'one.ts', 'two.ts'])
    expect(files.get('index.ts')?.split('\n').slice(1)).toEqual([
      "export { a } from './one.js'",
      "export { b, type T } from './two.js'",
      '',
    ])
  })
})
