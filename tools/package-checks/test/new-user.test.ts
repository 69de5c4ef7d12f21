import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, it } from 'vitest'

const packed = inject('packed')
const folder = mkdtempSync(join(tmpdir(), 'scimkit-new-user-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const install = `npm install --no-audit --no-fund --loglevel=error ${packed.map(({ tarball }) => tarball).join(' ')} zod`

/** A service that gives badges to people, and its unit test: all that the user writes. */
const inTypeScript = {
  'app.ts': `import { bearer, createScimClient } from '@scimkit/client'
import { acmeUser, userResource } from './src/scim/index.js'
export const connect = (baseUrl: string, fetch?: typeof globalThis.fetch) =>
  createScimClient({ baseUrl, fetch, authenticate: bearer('token'), resources: { users: userResource } })
export async function hire(scim: ReturnType<typeof connect>, userName: string, badgeNumber: number) {
  const user = await scim.users.create({ userName, [acmeUser.urn]: { badgeNumber } })
  return user[acmeUser.urn]?.badgeNumber
}
`,
  'app.test.mjs': `import assert from 'node:assert/strict'
import test from 'node:test'
import { createMockServer } from '@scimkit/mock-server'
import { connect, hire } from './app.js'
import { userResource } from './src/scim/index.js'
test('gives a badge to who is hired', async () => {
  const server = createMockServer({ resources: [userResource] })
  assert.equal(await hire(connect(server.url, server.fetch), 'ada', 42), 42)
})
`,
}
const inJavaScript = {
  'app.mjs': inTypeScript['app.ts']
    .replace('(baseUrl: string, fetch?: typeof globalThis.fetch)', '(baseUrl, fetch)')
    .replace(
      '(scim: ReturnType<typeof connect>, userName: string, badgeNumber: number)',
      '(scim, userName, badgeNumber)',
    )
    .replace('index.js', 'index.cjs'),
  'app.test.mjs': inTypeScript['app.test.mjs'].replace('app.js', 'app.mjs').replace('index.js', 'index.cjs'),
}

const compile = 'npx tsc --strict --target es2022 --module nodenext app.ts'
const ways = [
  {
    name: 'TypeScript',
    code: inTypeScript,
    commands: [install, 'npx scim-codegen init', 'npx scim-codegen generate', compile, 'node --test'],
  },
  {
    name: 'JavaScript',
    code: inJavaScript,
    commands: [install, 'npx scim-codegen init --javascript', 'npx scim-codegen generate', 'node --test'],
  },
]

it.each(ways)('a new user gets from an empty folder to a tested call, in $name', ({ name, code, commands }) => {
  const lines = Object.values(code).flatMap((text) => text.trim().split('\n'))
  expect(lines.length).toBeLessThanOrEqual(20)
  expect(commands.length).toBeLessThanOrEqual(5)
  const project = join(folder, name)
  mkdirSync(project)
  for (const [file, text] of Object.entries(code)) writeFileSync(join(project, file), text)
  let output = ''
  for (const command of commands) output = run(command, project)
  expect(output).toMatch(/^# pass 1$/m)
  expect(output).toMatch(/^# fail 0$/m)
})

/** Runs a command as it is typed; the second project has what the first one installed. */
function run(command: string, cwd: string): string {
  if (command === install && cwd !== join(folder, ways[0]?.name ?? '')) {
    symlinkSync(join(folder, ways[0]?.name ?? '', 'node_modules'), join(cwd, 'node_modules'))
    return ''
  }
  try {
    return execFileSync('sh', ['-c', command], { cwd, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string } // execFileSync attaches both
    throw new Error(`${command}: ${stdout}${stderr}`, { cause: error })
  }
}
