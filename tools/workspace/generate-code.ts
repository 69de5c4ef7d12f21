// The runs of the generator that this repository keeps the output of.
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
  {
    schemas: ['examples/enterprise-extension/acme-user.json'],
    resourceTypes: ['examples/enterprise-extension/resource-types.json'],
    out: 'examples/enterprise-extension/src/scim',
  },
  {
    schemas: ['schemas/scim'],
    resourceTypes: ['schemas/resource-types'],
    plugins: [openapi({ file: 'schemas/openapi/scim.json', types: 'packages/core/src/generated/openapi.gen.ts' })],
    out: '.',
    owned: false,
    command,
  },
]

let worst = 0
for (const run of runs) {
  const { status, output, errors } = await runGenerate({ ...run, check, fix: command })
  for (const line of errors) console.error(line)
  for (const line of output) console.log(line)
  worst = Math.max(worst, status)
}
process.exit(worst)
