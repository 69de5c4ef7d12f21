import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CodegenPlugin, generate } from '@scimkit/codegen'
import { describe, expect, it } from 'vitest'
import { root } from './docs/read-pages.js'

const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
const section = /^## Recipes$([\s\S]*?)^## /m.exec(guide)?.[1] ?? ''
const recipes = section
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ name: text.split('\n')[0] ?? '', text }))
const projects = new Map(
  ['packages', 'tools']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'vitest.config.ts')))
    .map((folder) => [folder.split('/')[1] ?? '', folder]),
)
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

it('there are recipes for what is added most often', () => {
  expect(recipes.map(({ name }) => name)).toEqual([
    'Add a compatibility rule',
    'Add a server profile',
    'Add a store',
    'Add an endpoint',
    'Add a codegen plug-in',
    'Add a schema',
  ])
})

describe.each(recipes)('the recipe "$name"', ({ text }) => {
  const commands = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'))

  it('has numbered steps, and ends with commands', () => {
    const steps = [...text.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number))
    expect(steps.length).toBeGreaterThan(1)
    expect(steps).toEqual(steps.map((_, index) => index + 1))
    expect(commands).not.toEqual([])
  })

  it.each(commands)('%s runs a script or tests that exist', (command) => {
    const script = /^npm run ([\w:]+)/.exec(command)?.[1]
    if (script !== undefined) {
      expect(Object.keys(scripts)).toContain(script)
      return
    }
    const [, project = '', rest = ''] = /^npx vitest run --project ([\w-]+) (.+)$/.exec(command) ?? []
    const folder = projects.get(project)
    expect(folder).toBeDefined()
    const paths = rest.split(' ').filter((word) => !word.startsWith('-'))
    expect(paths.filter((path) => !existsSync(join(root, folder ?? '', path)))).toEqual([])
  })
})

describe('what a recipe leads to', () => {
  const urn = 'urn:example:params:scim:schemas:core:2.0:Room'
  const room = { id: urn, name: 'Room', attributes: [{ name: 'number', type: 'integer', required: true }] }
  const type = { name: 'Room', endpoint: '/Rooms', schema: urn }
  const input = {
    schemas: [{ file: 'room.json', document: room }],
    resourceTypes: [{ file: 'type.json', document: type }],
  }

  it('a schema gives types, validators and a definition', async () => {
    const { files, faults } = await generate(input)
    expect(faults).toEqual([])
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['room.types.gen.ts', 'room.zod.gen.ts', 'room.resource.gen.ts']),
    )
  })

  it('a plug-in gives files of its own', async () => {
    const urns: CodegenPlugin = {
      name: 'urns',
      emit: ({ schemas }) => [{ path: 'urns.txt', text: schemas.map(({ model }) => model.id).join('\n') }],
    }
    const { files } = await generate({ ...input, plugins: ['types', urns] })
    expect(files.get('urns.txt')).toBe(urn)
  })
})
