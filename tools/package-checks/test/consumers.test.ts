import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { compileFolder, compilers } from './compile-folder.js'

const consumer = inject('consumer')

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

/** Every subpath that has types, for a compiler that knows no exports map. */
const everySubpath = inject('packed')
  .flatMap(({ entries }) => entries)
  .map((entry, index) => `import * as entry${index} from '${entry}'\nexport const used${index}: object = entry${index}`)
  .join('\n')

describe('a consumer of the packed packages type-checks', () => {
  it.each(settings)(
    'with TypeScript $version, $moduleResolution, exact optional properties $exactOptionalPropertyTypes',
    (setting) => {
      expect(compile('right', program, setting)).toBe('')
    },
  )

  // The newest compiler has given the old resolution up.
  it.each(compilers.filter(({ alias }) => alias !== 'typescript-newest'))(
    'with TypeScript $version, node10, every subpath',
    ({ alias }) => {
      const setting = { alias, moduleResolution: 'node10', exactOptionalPropertyTypes: true }
      expect(compile('subpaths', everySubpath, setting)).toBe('')
      expect(compile('right', program, setting)).toBe('')
    },
  )

  it('and a mistake does not', () => {
    expect(() =>
      compile('wrong', wrong, {
        alias: 'typescript-newest',
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

const modules: Readonly<Record<string, string>> = { bundler: 'ESNext', node10: 'CommonJS' }

function compile(name: string, code: string, { alias, moduleResolution, exactOptionalPropertyTypes }: Setting): string {
  const folder = join(consumer, `${name}-${alias}-${moduleResolution}-${exactOptionalPropertyTypes}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'app.ts'), code)
  const module = modules[moduleResolution] ?? 'NodeNext'
  // The declarations of zod need both under the old resolution.
  const old = moduleResolution === 'node10' ? { esModuleInterop: true, skipLibCheck: true } : {}
  return compileFolder(folder, alias, {
    module,
    moduleResolution,
    exactOptionalPropertyTypes,
    skipLibCheck: false,
    ...old,
  })
}
