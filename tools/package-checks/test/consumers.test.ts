import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, it } from 'vitest'

const consumer = inject('consumer')

const compilers = [
  { version: '5.5.4', alias: 'typescript-oldest' },
  { version: '5.9.3', alias: 'typescript-current' },
  { version: '7.0.2', alias: 'typescript-newest' },
]

const program = `
import { enterpriseUser, type InferInput, type InferResource, ScimError, type User, userResource } from '@scimkit/core'
import { userResource as lightUser } from '@scimkit/core/schema'
import { bearer, createScimClient } from '@scimkit/client'
import { compileFilter, parseFilter } from '@scimkit/filter-parser'
import { createMockServer } from '@scimkit/mock-server'
import { createScimHandler, memoryStore, mount } from '@scimkit/server-kit'

const employee = userResource.extend(enterpriseUser)
type Employee = InferResource<typeof employee>
const input: InferInput<typeof employee> = { userName: 'ada', [enterpriseUser.urn]: { department: 'Research' } }

export const handler = createScimHandler({
  basePath: '/scim/v2',
  resources: [mount(employee, memoryStore())],
  authenticate: () => ({ subject: 'test' }),
})
export const scim = createScimClient({
  baseUrl: 'https://scim.example.com/scim/v2',
  authenticate: bearer('token'),
  resources: { users: employee },
})
export async function use(): Promise<string | undefined> {
  const ada: Employee = await scim.users.create(input)
  const server = createMockServer({ resources: [userResource] })
  await server.close()
  const user: User = ada
  return user.displayName ?? ada[enterpriseUser.urn]?.department
}
export const matches = compileFilter(parseFilter('userName sw "a"'), lightUser)
export const isConflict = (error: unknown): boolean => ScimError.is(error, 'uniqueness')
`

const wrong = `
import { userResource, type InferInput } from '@scimkit/core'
export const input: InferInput<typeof userResource> = { userNam: 'ada' }
`

const settings = ['bundler', 'nodenext'].flatMap((moduleResolution) =>
  [true, false].flatMap((exactOptionalPropertyTypes) =>
    compilers.map((compiler) => ({ ...compiler, moduleResolution, exactOptionalPropertyTypes })),
  ),
)

describe('a consumer of the packed packages type-checks', () => {
  beforeAll(() => {
    const specifiers = compilers.map(({ version, alias }) => `${alias}@npm:typescript@${version}`)
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', ...specifiers], {
      cwd: consumer,
      stdio: 'inherit',
    })
  })

  it.each(settings)(
    'with TypeScript $version, $moduleResolution, exact optional properties $exactOptionalPropertyTypes',
    (setting) => {
      expect(compile('right', program, setting)).toBe('')
    },
  )

  it('and a mistake does not', () => {
    expect(() =>
      compile('wrong', wrong, {
        alias: 'typescript-current',
        moduleResolution: 'nodenext',
        exactOptionalPropertyTypes: true,
      }),
    ).toThrow(/userNam/)
  })
})

interface Setting {
  readonly alias: string
  readonly moduleResolution: string
  readonly exactOptionalPropertyTypes: boolean
}

function compile(name: string, code: string, { alias, moduleResolution, exactOptionalPropertyTypes }: Setting): string {
  const folder = join(consumer, `${name}-${alias}-${moduleResolution}-${exactOptionalPropertyTypes}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'app.ts'), code)
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    module: moduleResolution === 'bundler' ? 'ESNext' : 'NodeNext',
    moduleResolution,
    strict: true,
    exactOptionalPropertyTypes,
    skipLibCheck: false,
    noEmit: true,
    types: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['app.ts'] }))
  const tsc = join(consumer, 'node_modules', alias, 'bin', 'tsc')
  try {
    return execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch (error) {
    throw new Error(String((error as { stdout?: string }).stdout), { cause: error }) // execFileSync attaches the output
  }
}
