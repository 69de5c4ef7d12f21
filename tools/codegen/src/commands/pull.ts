import { isObject, type JsonObject } from '@scimkit/core/internal'
import { type PulledDocuments, pullDocuments } from '../input/pull-documents.js'
import type { PullOptions } from '../input/read-endpoint.js'
import { PullError } from '../input/read-endpoint.js'
import { toFileName, toTypeName } from '../model/identifier-names.js'
import { type RunResult, settleFiles } from '../output/settle-files.js'
import type { Command } from './command.js'
import { parseFlags, wrongUse } from './parse-flags.js'
import { outFolder, tokenFlag } from './source-flags.js'

/** `scim-codegen pull`. */
export const pull: Command = {
  usage: 'pull URL',
  description: 'Saves the schemas and resource types of a live server.',
  flags: { ...tokenFlag, ...outFolder },
  async run(args) {
    const given = parseFlags(args, { ...tokenFlag, ...outFolder })
    if (typeof given === 'string') return wrongUse(given)
    const { values, positionals } = given
    const [url] = positionals
    if (url === undefined || positionals.length > 1) {
      return wrongUse('pull takes one URL, the root of the service; write scim-codegen pull URL --out DIR')
    }
    if (!values.out) return wrongUse('--out is missing; give the folder to write to after it')
    return pullFiles(url, values.out, { token: values.token })
  },
}

/** Saves what `generate` and `diff` read; when the server cannot be read, nothing is written. */
async function pullFiles(url: string, out: string, options: PullOptions): Promise<RunResult> {
  try {
    const documents = await pullDocuments(url, options)
    const notes = documents.missing.map((line) => `warning: ${line}`)
    return settleFiles(out, toFiles(documents), { check: false, owned: false, command: 'scim-codegen pull', notes })
  } catch (error) {
    if (error instanceof PullError) return wrongUse(error.message)
    throw error
  }
}

const resourceTypesFile = 'resource-types.json'
const configFile = 'service-provider-config.json'

function toFiles({ schemas, resourceTypes, serviceProviderConfig }: PulledDocuments): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const schema of schemas) files.set(freeName(files, schema), toText(schema))
  if (resourceTypes.length > 0) files.set(resourceTypesFile, toText(resourceTypes.map(withoutMeta)))
  if (serviceProviderConfig !== undefined) files.set(configFile, toText(serviceProviderConfig))
  return files
}

function freeName(files: ReadonlyMap<string, string>, schema: unknown): string {
  const { name, id }: JsonObject = isObject(schema) ? schema : {}
  const stem = toFileName(toTypeName(String(name || id))) || 'schema'
  for (let number = 1; ; number++) {
    const file = number === 1 ? `${stem}.json` : `${stem}-${number}.json`
    if (!files.has(file) && file !== resourceTypesFile && file !== configFile) return file
  }
}

function toText(document: unknown): string {
  return `${JSON.stringify(withoutMeta(document), null, 2)}\n`
}

/** Location and version belong to the server, and would differ from one pull to the next. */
function withoutMeta(document: unknown): unknown {
  if (!isObject(document)) return document
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'meta'))
}
