import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, it } from 'vitest'

const consumer = inject('consumer')
const suites = fileURLToPath(new URL('jest', import.meta.url))
const acme = fileURLToPath(new URL('../../../examples/enterprise-extension', import.meta.url))

const userTest = `import { expect, test } from '@jest/globals'
import { createScimClient } from '@scimkit/client'
import { createMockServer } from '@scimkit/mock-server'
import { acmeUser, userResource } from './scim/index.js'

test('gives a badge', async () => {
  const server = createMockServer({ resources: [userResource] })
  const { url } = await server.listen()
  const scim = createScimClient({ baseUrl: url, resources: { users: userResource }, validate: 'strict' })
  const { id } = await scim.users.create({ userName: 'ada', [acmeUser.urn]: { badgeNumber: 42 } })
  await scim.users.patch(id, (p) => p.replace('title', 'Dr'))
  expect((await scim.users.get(id))[acmeUser.urn]?.badgeNumber).toBe(42)
  const schemas = await (await fetch(url + '/Schemas')).text()
  expect(schemas).toContain(acmeUser.urn)
  await server.close()
})
`

/** A peer that comes as ES modules alone has to be compiled, as the client's README says. */
const oauthTest = `
import { clientCredentials } from '@scimkit/client/oauth'

test('gets a token', async () => {
  const login = async () => Response.json({ access_token: 'a-token-of-oauth', token_type: 'Bearer', expires_in: 60 })
  const tokenEndpoint = 'https://login.example.com/token'
  const authenticate = clientCredentials({ tokenEndpoint, clientId: 'me', clientSecret: 'a-secret', fetch: login })
  const { url: baseUrl, fetch } = createMockServer({ token: 'a-token-of-oauth' })
  const scim = createScimClient({ baseUrl, fetch, authenticate, resources: { users: userResource } })
  expect(await scim.users.page({ count: 1 })).toMatchObject({ totalResults: 0 })
})
`

const compilers = [
  {
    name: 'ts-jest, CommonJS',
    config: { transform: { '\\.ts$': ['ts-jest', { tsconfig: { module: 'commonjs', esModuleInterop: true } }] } },
    code: userTest,
    passed: 1,
  },
  {
    name: 'ts-jest, nodenext',
    config: { transform: { '\\.ts$': ['ts-jest', { tsconfig: { module: 'nodenext' } }] } },
    code: userTest,
    passed: 1,
  },
  {
    name: 'SWC',
    config: {
      transform: { '\\.[jt]s$': '@swc/jest' },
      transformIgnorePatterns: ['/node_modules/(?!oauth4webapi/)'],
    },
    code: userTest + oauthTest,
    passed: 2,
  },
]

/** Jest runs CommonJS in a machine of its own, which refuses `import()`. */
describe('Jest', () => {
  it('runs the packed packages as CommonJS, as it comes', () => {
    const folder = createProject('jest-plain', 'cjs')
    cpSync(suites, folder, { recursive: true })
    const passedSuites = readdirSync(suites).length
    expect(jest(folder)).toMatchObject({ success: true, failed: 0, passedSuites, said: '' })
  })

  it.each(compilers)('runs code of a user in TypeScript, with what scim-codegen wrote: $name', (compiler) => {
    const { name, config, code, passed } = compiler
    const folder = createProject(name.replace(/\W+/g, '-'), 'ts')
    // Generated files import each other by the names that they have when compiled.
    const moduleNameMapper = { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] }
    writeFileSync(join(folder, 'jest.config.json'), JSON.stringify({ ...config, moduleNameMapper }))
    writeFileSync(join(folder, 'app.test.ts'), code)
    expect(jest(folder)).toMatchObject({ success: true, failed: 0, passed, said: '' })
  })
})

/** A project of CommonJS within the consumer's, whose packages it finds. */
function createProject(name: string, format: 'cjs' | 'ts'): string {
  const folder = join(consumer, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, private: true }))
  const inputs = ['--schemas', join(acme, 'acme-user.json'), '--resource-types', join(acme, 'resource-types.json')]
  const flags = ['generate', ...inputs, '--out', join(folder, 'scim'), '--format', format]
  const { status, stderr } = run('scim-codegen', flags, folder)
  expect(status, stderr).toBe(0)
  return folder
}

function jest(folder: string): unknown {
  const { stdout, stderr } = run('jest', ['--json', '--maxWorkers=1', '--no-cache'], folder)
  try {
    const report = JSON.parse(stdout)
    return {
      success: report.success,
      failed: report.numFailedTests,
      passed: report.numPassedTests,
      passedSuites: report.numPassedTestSuites,
      said: report.success ? '' : stderr,
    }
  } catch {
    return stdout + stderr
  }
}

function run(binary: string, flags: readonly string[], cwd: string) {
  const path = join(consumer, 'node_modules/.bin', binary)
  return spawnSync(path, flags, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}
