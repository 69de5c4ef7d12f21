import { describe, expect, it } from 'vitest'
import { readFlags, UsageError } from './flags.js'

const defaults = readFlags([], {})

const right: readonly { name: string; args: readonly string[]; environment?: Record<string, string>; want: object }[] =
  [
    { name: 'nothing', args: [], want: { host: '127.0.0.1', port: 0, basePath: '/scim/v2', token: undefined } },
    { name: 'a port and a host', args: ['--port', '8080', '--host', '::1'], want: { port: 8080, host: '::1' } },
    { name: 'no token', args: ['--no-auth'], environment: { SCIM_MOCK_TOKEN: 'abc' }, want: { token: null } },
    { name: 'a token of the environment', args: [], environment: { SCIM_MOCK_TOKEN: 'abc' }, want: { token: 'abc' } },
    {
      name: 'a token that wins over the environment',
      args: ['--token', 'mine'],
      environment: { SCIM_MOCK_TOKEN: 'abc' },
      want: { token: 'mine' },
    },
    { name: 'a number of users', args: ['--seed', '12'], want: { seed: 12 } },
    { name: 'a seed file', args: ['--seed', 'seed.json'], want: { seed: 'seed.json' } },
    { name: 'a seed file with the name of a number', args: ['--seed', './12'], want: { seed: './12' } },
    {
      name: 'files of one pattern',
      args: ['--schema', 'a.json', 'b.json', '--schema=c.json', '--port', '1'],
      want: { schemas: ['a.json', 'b.json', 'c.json'], port: 1 },
    },
    { name: 'no inspector', args: ['--no-inspector'], want: { inspector: false } },
    { name: 'a tunnel', args: ['--base-url', 'https://x.example'], want: { baseUrl: 'https://x.example' } },
  ]

const wrong: readonly { args: readonly string[]; environment?: Record<string, string>; want: string }[] = [
  { args: ['--tenants', 'a,b'], want: '--tenants is not supported; start one server per tenant' },
  { args: ['--token', 'a', '--no-auth'], want: '--token and --no-auth exclude each other' },
  { args: ['--token', 'a b'], want: '--token may hold A-Z a-z 0-9 - . _ ~ + / and end in =' },
  {
    args: [],
    environment: { SCIM_MOCK_TOKEN: 'a b' },
    want: 'SCIM_MOCK_TOKEN may hold A-Z a-z 0-9 - . _ ~ + / and end in =',
  },
  { args: ['--port', '65536'], want: '--port must be a number from 0 to 65535, not "65536"' },
  { args: ['--port', '-1'], want: '--port must be a number from 0 to 65535, not "-1"' },
  { args: ['--seed', '-1'], want: '--seed must be a number from 0 to 100000, not "-1"' },
  { args: ['--host='], want: '--host is empty' },
  { args: ['--base-path', '/scim/'], want: '--base-path must be a path such as /scim/v2, without a slash at its end' },
  { args: ['--base-url', 'x.example'], want: '--base-url must be an http or https URL' },
  { args: ['--backup', 'copy.db'], want: '--backup copies the file of --database; give both' },
  { args: ['--compatibility', 'loose'], want: '--compatibility must be lenient, strict or interop, not "loose"' },
  { args: ['--unknown'], want: "Unknown option '--unknown'" },
]

describe('flags', () => {
  for (const { name, args, environment = {}, want } of right) {
    it(`are read: ${name}`, () => expect(readFlags(args, environment)).toEqual({ ...defaults, ...want }))
  }

  for (const { args, environment = {}, want } of wrong) {
    it(`are refused by name: ${want}`, () => {
      expect(() => readFlags(args, environment)).toThrow(UsageError)
      expect(() => readFlags(args, environment)).toThrow(want)
    })
  }
})
