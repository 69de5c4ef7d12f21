import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { enterpriseUser, groupResource, userResource } from '@scimkit/core'
import { createMockServer } from '@scimkit/mock-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'

const server = createMockServer({ resources: [userResource.extend(enterpriseUser), groupResource] })
let folder: string
let url: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scimkit-pull-'))
  writeFileSync(join(folder, 'package.json'), '{}')
  url = (await server.listen()).url
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const path = (name: string) => join(folder, name)

describe('the schemas of a live server', () => {
  it('are pulled, generated from, and found equal to the server again', async () => {
    const pulled = await runCommandLine(['pull', url, '--out', path('pulled')])
    expect(pulled).toMatchObject({ status: 0, errors: [] })
    expect(readdirSync(path('pulled'))).toEqual(
      expect.arrayContaining(['user.json', 'group.json', 'enterprise-user.json', 'resource-types.json']),
    )
    expect(readFileSync(path('pulled/user.json'), 'utf8')).not.toContain('"meta"')

    const generated = await runCommandLine(['generate', '--schemas', path('pulled'), '--out', path('scim')])
    expect(generated).toMatchObject({ status: 0 })
    expect(readdirSync(path('scim'))).toContain('user.resource.gen.ts')

    expect(await runCommandLine(['diff', path('pulled/*.json'), url])).toEqual({ status: 0, output: [], errors: [] })
  })

  it('are compared with a file where the server has no /ResourceTypes, which a warning says', async () => {
    await runCommandLine(['pull', url, '--out', path('pulled')])
    server.failNext({ method: 'GET', path: '/ResourceTypes', status: 404 })
    const { status, output, errors } = await runCommandLine(['diff', path('pulled/*.json'), url])
    expect({ status, output }).toEqual({ status: 0, output: [] })
    expect(errors).toEqual([expect.stringMatching(/^warning: .*\/ResourceTypes/)])
  })

  it('are pulled twice without a change', async () => {
    await runCommandLine(['pull', url, '--out', path('again')])
    const { output } = await runCommandLine(['pull', url, '--out', path('again')])
    expect(output).toEqual([expect.stringMatching(/files are up to date$/)])
  })

  it('are compared with a file that differs, line by line and as JSON', async () => {
    await runCommandLine(['pull', url, '--out', path('pulled')])
    const group = JSON.parse(readFileSync(path('pulled/group.json'), 'utf8'))
    group.attributes[0].mutability = 'immutable'
    writeFileSync(path('group.json'), JSON.stringify(group))
    const lines = await runCommandLine(['diff', path('pulled/group.json'), path('group.json')])
    expect(lines).toEqual({
      status: 1,
      output: [`~ ${group.id}:displayName: mutability was "readWrite", is "immutable"`],
      errors: [],
    })
    const json = await runCommandLine(['diff', '--json', path('pulled/group.json'), path('group.json')])
    expect(JSON.parse(json.output.join(''))).toMatchObject([
      { kind: 'changed', path: 'displayName', after: 'immutable' },
    ])
  })

  it('are compared with the resource types of a folder, also with such as name a schema that is nowhere', async () => {
    await runCommandLine(['pull', url, '--out', path('pulled')])
    const file = path('pulled/resource-types.json')
    const types = JSON.parse(readFileSync(file, 'utf8'))
    const user = types.find(({ name }: { name: string }) => name === 'User')
    user.endpoint = '/People'
    user.schemaExtensions = [{ schema: 'urn:example:params:scim:schemas:Nowhere', required: true }]
    writeFileSync(file, JSON.stringify(types))
    const type = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType:User'
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    expect(await runCommandLine(['diff', url, path('pulled')])).toEqual({
      status: 1,
      output: [
        `~ ${type}: endpoint was "/Users", is "/People"`,
        `- ${type}.schemaExtensions[schema eq "${enterprise}"]`,
        `+ ${type}.schemaExtensions[schema eq "urn:example:params:scim:schemas:Nowhere"]`,
      ],
      errors: [],
    })
  })

  it.each([
    {
      given: ['pull'],
      want: 'scim-codegen: pull takes one URL, the root of the service; write scim-codegen pull URL --out DIR',
    },
    {
      given: ['pull', 'x', 'y', '--out', 'z'],
      want: 'scim-codegen: pull takes one URL, the root of the service; write scim-codegen pull URL --out DIR',
    },
    {
      given: ['pull', 'https://example.com'],
      want: 'scim-codegen: --out is missing; give the folder to write to after it',
    },
    { given: ['pull', '--fast'], want: 'scim-codegen: --fast is not known; --help lists the flags' },
    {
      given: ['diff', 'a'],
      want: 'scim-codegen: diff takes two sources, each a file, a folder or a URL; write scim-codegen diff A B',
    },
    {
      given: ['diff', 'no-file.json', 'no-other.json'],
      want: 'no-file.json: no such file, and no file matches; check the path',
    },
    {
      given: ['from-zod', '--out', 'x'],
      want: 'scim-codegen: from-zod takes one file; write scim-codegen from-zod FILE --out FILE',
    },
    { given: ['from-zod', 'none.mjs', '--out', 'x'], want: 'none.mjs: no such file; check the path' },
  ])('say what is wrong with $given', async ({ given, want }) => {
    expect(await runCommandLine(given)).toEqual({ status: 2, output: [], errors: [want] })
  })

  it('write nothing when the server cannot be read', async () => {
    const { status, errors } = await runCommandLine(['pull', 'http://127.0.0.1:1/scim', '--out', path('none')])
    expect([status, errors]).toEqual([2, [expect.stringContaining('cannot be reached')]])
    expect(readdirSync(folder)).not.toContain('none')
  })
})

describe('docs, samples and from-zod', () => {
  const schema = {
    id: 'urn:example:params:scim:schemas:extension:desk:2.0:User',
    name: 'Desk',
    attributes: [{ name: 'floor', type: 'integer' }],
  }

  it('write a page and samples for each schema', async () => {
    writeFileSync(path('desk.json'), JSON.stringify(schema))
    expect(await runCommandLine(['docs', '--schemas', path('desk.json'), '--out', path('docs')])).toMatchObject({
      status: 0,
    })
    expect(readFileSync(path('docs/desk.md'), 'utf8')).toMatch(/\n# Desk\n/)
    expect(await runCommandLine(['samples', '--schemas', path('desk.json'), '--out', path('docs')])).toMatchObject({
      status: 0,
    })
    expect(JSON.parse(readFileSync(path('docs/desk.samples.json'), 'utf8')).input).toEqual([
      { floor: 1 },
      { floor: 3 },
      { floor: 5 },
    ])
    expect(
      await runCommandLine(['docs', '--schemas', path('desk.json'), '--out', path('docs'), '--check']),
    ).toMatchObject({ status: 0 })
  })

  it.each(['mjs', 'ts'])('turn a module with a zod object into a schema file: .%s', async (ending) => {
    const zod = import.meta.resolve('zod')
    const type = ending === 'ts' ? 'export type Floor = number\n' : ''
    const module = `import * as z from '${zod}'\n${type}export const Desk = z.object({ floor: z.int() }).meta({ id: '${schema.id}', title: 'Desk' })\n`
    writeFileSync(path(`desk.${ending}`), module)
    expect(await runCommandLine(['from-zod', path(`desk.${ending}`), '--out', path('from-zod.json')])).toMatchObject({
      status: 0,
    })
    expect(JSON.parse(readFileSync(path('from-zod.json'), 'utf8'))).toMatchObject({
      id: schema.id,
      attributes: [{ name: 'floor', type: 'integer' }],
    })
  })
})
