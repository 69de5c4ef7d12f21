// The runs of the generator that this repository keeps the output of.
import { readSettings } from '../codegen/src/config/read-settings.js'
import { settleFiles } from '../codegen/src/output/settle-files.js'
import { openapi } from '../codegen/src/plugins/openapi-plugin.js'
import { type GenerateRun, runGenerate } from '../codegen/src/run-generate.js'
import { emitInspector } from './emit-inspector.js'
import { emitRules } from './emit-rules.js'

const command = 'npm run generate'
const check = process.argv.includes('--check')

const runs: readonly GenerateRun[] = [
  {
    schemas: ['schemas/scim'],
    out: 'packages/core/src/generated',
    names: { 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig': 'ServiceProviderConfig' },
    target: 'core',
    base: '.',
    command,
  },
  await readConfigured('examples/enterprise-extension/scim.config.ts'),
  {
    schemas: ['schemas/scim'],
    resourceTypes: ['schemas/resource-types'],
    plugins: [openapi({ file: 'schemas/openapi/scim.json', types: 'packages/core/src/generated/openapi.gen.ts' })],
    out: '.',
    owned: false,
    command,
  },
]

async function readConfigured(config: string): Promise<GenerateRun> {
  const settings = await readSettings({ config, check, watch: false }, 'code')
  if (typeof settings === 'string') throw new Error(settings)
  return settings.run
}

const results = []
for (const run of runs) results.push(await runGenerate({ ...run, check, fix: command }))
const page = new Map([['inspector-page.gen.ts', await emitInspector(command)]])
results.push(await settleFiles('packages/mock-server/src/inspector', page, { check, owned: false, command, notes: [] }))
results.push(await settleFiles('.', emitRules(), { check, owned: false, command, notes: [] }))

for (const { output, errors } of results) {
  for (const line of errors) console.error(line)
  for (const line of output) console.log(line)
}
process.exit(Math.max(...results.map(({ status }) => status)))
