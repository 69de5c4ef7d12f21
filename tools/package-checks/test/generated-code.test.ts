import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { compileFolder, compilers } from './compile-folder.js'

const consumer = inject('consumer')
const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
const acme = join(root, 'examples/enterprise-extension')
const allTypes = join(root, 'tools/codegen/test/fixtures/schemas-real/scim-sdk_all-types.json')
const allTypesResource = {
  name: 'AllTypes',
  endpoint: '/AllTypes',
  schema: 'urn:gold:params:scim:schemas:custom:2.0:AllTypes',
}

/** Code of a user who has both: types, paths, validators and the definitions, in the ways that differ by setting. */
const app = `
import type { InferInput, InferResource } from '@scimkit/core'
import { type AcmeUser, acmeUser, type AllTypes, allTypesResource, allTypesSchemas, userResource } from './scim/index.js'

const input: InferInput<typeof userResource> = {
  userName: 'ada',
  nickName: undefined,
  [acmeUser.urn]: { badgeNumber: 42, skills: null },
}
export const read = (user: InferResource<typeof userResource>): AcmeUser | undefined => user[acmeUser.urn]
export const check = (value: unknown): AllTypes => allTypesSchemas.resource.parse(value)
export const definitions: readonly unknown[] = [userResource, allTypesResource]
export const validate = (): unknown => userResource.validators?.create['~standard'].validate(input)
`
const wrong = `
import type { InferInput } from '@scimkit/core'
import { acmeUser, type userResource } from './scim/index.js'
export const input: InferInput<typeof userResource> = { userName: 'ada', [acmeUser.urn]: { badgeNumber: '42' } }
`

interface Setting {
  readonly name: string
  readonly type: 'module' | 'commonjs'
  readonly options: Readonly<Record<string, string | boolean>>
}

/** A CommonJS file takes no `import` at all under `verbatimModuleSyntax`, so that pair does not exist. */
const formats = [
  { type: 'module', syntax: [true, false] },
  { type: 'commonjs', syntax: [false] },
] as const
/** With the strictest settings every export has to tell its type by itself. */
const isolated = (strict: boolean) => (strict ? { isolatedDeclarations: true, declaration: true } : {})

const everySetting: readonly Setting[] = formats.flatMap(({ type, syntax }) =>
  syntax.flatMap((verbatimModuleSyntax) =>
    [true, false].map((exactOptionalPropertyTypes) => ({
      name: `${type}, verbatim ${verbatimModuleSyntax}, exact ${exactOptionalPropertyTypes}`,
      type,
      options: { verbatimModuleSyntax, exactOptionalPropertyTypes, ...isolated(exactOptionalPropertyTypes) },
    })),
  ),
)
/** The strictest and the loosest of them; `MATRIX=full` takes them all. */
const settings = process.env.MATRIX === 'full' ? everySetting : [everySetting[0], everySetting.at(-1)]
const cases = settings.flatMap((setting) => (setting ? compilers.map((compiler) => ({ ...setting, ...compiler })) : []))

const folderOf = (type: string) => join(consumer, `generated-${type}`)

beforeAll(() => {
  const inputs = join(consumer, 'inputs')
  mkdirSync(inputs)
  cpSync(join(acme, 'acme-user.json'), join(inputs, 'acme-user.json'))
  cpSync(join(acme, 'resource-types.json'), join(inputs, 'resource-types.json'))
  cpSync(allTypes, join(inputs, 'all-types.json'))
  writeFileSync(join(inputs, 'all-types.resource-type.json'), JSON.stringify(allTypesResource))
  for (const { type } of formats) {
    const folder = folderOf(type)
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }))
    generate(join(folder, 'scim'))
    writeFileSync(join(folder, 'app.ts'), app)
  }
})

function generate(out: string): void {
  const schemas = ['--schemas', 'inputs/acme-user.json', 'inputs/all-types.json']
  const types = [
    '--resource-types',
    'inputs/resource-types.json',
    '--resource-types',
    'inputs/all-types.resource-type.json',
  ]
  const binary = join(consumer, 'node_modules/.bin/scim-codegen')
  execFileSync(binary, ['generate', ...schemas, ...types, '--out', out], { cwd: consumer, stdio: 'pipe' })
}

describe('generated code type-checks in a user’s project', () => {
  it.each(cases)('with TypeScript $version: $name', ({ alias, type, options }) => {
    expect(compileFolder(folderOf(type), alias, { module: 'NodeNext', skipLibCheck: true, ...options })).toBe('')
  })

  it('and a mistake does not', () => {
    const folder = join(consumer, 'generated-wrong')
    cpSync(folderOf('module'), folder, { recursive: true })
    writeFileSync(join(folder, 'app.ts'), wrong)
    expect(() => compileFolder(folder, 'typescript-newest', { module: 'NodeNext', skipLibCheck: true })).toThrow(
      /'string' is not assignable to type 'number'/,
    )
  })
})
