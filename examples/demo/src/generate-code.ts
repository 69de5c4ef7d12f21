import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Narrator } from './narrator.js'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const codegenPackage = createRequire(import.meta.url).resolve('@scimkit/codegen/package.json')
const program = join(dirname(codegenPackage), 'src/cli.ts')
const example = 'examples/enterprise-extension'
const sources = ['--schemas', 'acme-user.json', '--resource-types', 'resource-types.json']

/**
 * Shows the generator: the command's code for the example extension is exactly the code that is committed, and a
 * faulty schema is refused with one clear line.
 *
 * @param demo Tells each step.
 * @param folder Temporary folder for what is written.
 */
export async function generateCode(demo: Narrator, folder: string): Promise<void> {
  demo.section(
    'Code from a schema',
    'Your own attributes become as typed as userName: one JSON file in the form of RFC 7643 turns into interfaces, ' +
      'validators and typed paths. A misspelt attribute in a filter or patch then fails in the editor, not in production.',
  )
  const out = join(folder, 'generated')
  await demo.step(`scim-codegen turns ${example}/acme-user.json into code`, async () => {
    await codegen(...sources, '--out', out)
    const files = await readFolder(out)
    const lines = Object.values(files).join('').split('\n').length
    assert.ok(lines > 100, `only ${lines} lines were written`)
    return `${Object.keys(files).length} files, ${lines} lines`
  })
  await demo.step('the code is the committed code, byte for byte', async () => {
    const [fresh, committed] = await Promise.all([readFolder(out), readFolder(join(root, example, 'src/scim'))])
    const names = new Set([...Object.keys(fresh), ...Object.keys(committed)])
    assert.deepEqual(
      [...names].filter((name) => fresh[name] !== committed[name]),
      [],
      'these files differ',
    )
    return `${example}/src/scim`
  })
  await demo.step('a faulty schema is refused with a line for each fault, and nothing is written', async () => {
    const faulty = join(folder, 'faulty.json')
    const target = join(folder, 'never')
    await writeFaultySchema(faulty)
    const failure = await codegen('--schemas', faulty, '--out', target).then(
      () => assert.fail('the generator took a faulty schema'),
      (error: { code: number; stderr: string }) => error, // what a failed execFile rejects with
    )
    assert.equal(failure.code, 2, failure.stderr)
    assert.ok(!existsSync(target), 'something was written')
    return failure.stderr.trim().replace(/^.*(?=faulty\.json)/, '')
  })
}

async function codegen(...flags: readonly string[]): Promise<void> {
  const running = run(process.execPath, [...process.execArgv, program, 'generate', ...flags], {
    cwd: join(root, example),
  })
  // When the demo is interrupted, nothing may be written after the temporary folder is gone.
  const killWithUs = () => running.child.kill('SIGKILL')
  process.prependOnceListener('exit', killWithUs)
  await running.finally(() => process.off('exit', killWithUs))
}

async function readFolder(folder: string): Promise<Record<string, string>> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = files
    .filter((file) => file.isFile())
    .map(async (file) => {
      const path = join(file.parentPath, file.name)
      return [relative(folder, path), await readFile(path, 'utf8')] as const
    })
  return Object.fromEntries(await Promise.all(texts))
}

async function writeFaultySchema(file: string): Promise<void> {
  const document = JSON.parse(await readFile(join(root, example, 'acme-user.json'), 'utf8')) as {
    attributes: { type: string }[] // a schema document
  }
  for (const attribute of document.attributes.slice(0, 1)) attribute.type = 'text'
  await writeFile(file, JSON.stringify(document))
}
