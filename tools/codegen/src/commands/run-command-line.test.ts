import { describe, expect, it } from 'vitest'
import { runCommandLine } from './run-command-line.js'

const wrong: readonly { name: string; given: readonly string[]; want: string }[] = [
  { name: 'no command', given: [], want: 'no command is given; write scim-codegen init, or --help for all commands' },
  {
    name: 'an unknown command',
    given: ['make'],
    want: 'the command make is not known; the commands are init, generate, openapi, docs, samples, pull, diff, from-zod',
  },
  { name: 'an unknown flag', given: ['generate', '--fast'], want: '--fast is not known; --help lists the flags' },
  {
    name: 'a flag without its value',
    given: ['generate', '--schemas'],
    want: '--schemas needs a value; give it after the flag',
  },
  {
    name: 'a flag where a value should be',
    given: ['generate', '--schemas', '--out', 'x'],
    want: '--schemas needs a value; give it after the flag',
  },
  {
    name: 'a missing --schemas',
    given: ['generate', '--out', 'x'],
    want: '--schemas is missing; give the schema files after it, or write a configuration with scim-codegen init',
  },
  {
    name: 'a missing --out',
    given: ['generate', '--schemas', 'a.json'],
    want: '--out is missing; give the folder to write to after it',
  },
  {
    name: 'a file before --schemas',
    given: ['generate', 'a.json', '--out', 'x'],
    want: 'a.json belongs to no flag; write --schemas before it',
  },
  {
    name: 'a flag that is given twice',
    given: ['generate', '--schemas', 'a', '--out', 'x', '--out', 'y'],
    want: '--out is given twice; give it once',
  },
  {
    name: 'flags that exclude each other',
    given: ['generate', '--check', '--watch'],
    want: '--check and --watch exclude each other; give one of them',
  },
  {
    name: 'a plug-in that is not known',
    given: ['generate', '--plugins', 'types,graphql'],
    want: '--plugins is graphql; give one of types, zod, client, openapi, samples, docs',
  },
  {
    name: 'a zod package that is not known',
    given: ['init', '--zod', 'yup'],
    want: '--zod is yup; give one of zod, zod/mini',
  },
  {
    name: 'a flag of another command',
    given: ['openapi', '--schemas', 'a', '--out', 'b', '--openapi', 'c'],
    want: '--openapi belongs to generate; write --out',
  },
]

describe('wrong use', () => {
  for (const { name, given, want } of wrong) {
    it(`says in one line: ${name}`, async () => {
      expect(await runCommandLine(given)).toEqual({ status: 2, output: [], errors: [`scim-codegen: ${want}`] })
    })
  }
})

describe('--help', () => {
  it.each([[['--help']], [['generate', '-h']], [['pull', '--help']]])('answers %s in plain text', async (given) => {
    const { status, output } = await runCommandLine(given)
    expect([status, output.join('\n')]).toEqual([0, expect.stringContaining('scim-codegen')])
    expect(output.join('\n')).not.toContain('\u001b')
  })
})
