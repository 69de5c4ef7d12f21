// The runs of the generator that this repository keeps the output of.
import { readSettings } from '../codegen/src/config/read-settings.js'
import { openapi } from '../codegen/src/plugins/openapi-plugin.js'
import { type GenerateRun, runGenerate } from '../codegen/src/run-generate.js'

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

let worst = 0
for (const run of runs) {
  const { status, output, errors } = await runGenerate({ ...run, check, fix: command })
  for (const line of errors) console.error(line)
  for (const line of output) console.log(line)
  worst = Math.max(worst, status)
}
process.exit(worst)
