// The runs of the generator that this repository keeps the output of.
import { type GenerateRun, runGenerate } from '../codegen/src/run-generate.js'
import { type OpenApiRun, runOpenApi } from '../codegen/src/run-openapi.js'

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
]

const openApi: OpenApiRun = {
  schemas: ['schemas/scim'],
  resourceTypes: ['schemas/resource-types'],
  out: 'schemas/openapi/scim.json',
  types: 'packages/core/src/generated/openapi.gen.ts',
}

let worst = 0
const steps = [
  ...runs.map((run) => () => runGenerate({ ...run, check, fix: command })),
  () => runOpenApi({ ...openApi, check, command }),
]
for (const step of steps) {
  const { status, output, errors } = await step()
  for (const line of errors) console.error(line)
  for (const line of output) console.log(line)
  worst = Math.max(worst, status)
}
process.exit(worst)
