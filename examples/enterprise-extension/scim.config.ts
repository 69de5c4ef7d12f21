import { defineConfig } from '@scimkit/codegen'

export default defineConfig({
  schemas: 'acme-user.json',
  resourceTypes: 'resource-types.json',
  out: 'src/scim',
  plugins: ['types', 'zod', 'client'],
})
