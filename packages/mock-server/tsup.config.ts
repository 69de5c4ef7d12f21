import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(
  library(
    {
      index: 'src/index.ts',
      'scim-mock-server': 'src/scim-mock-server.ts',
    },
    { platform: 'node', shims: true }, // the command reads its version from its package
  ),
)
