import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(
  library(
    { index: 'src/index.ts' },
    {
      // The inspector's page is in inspector-page.gen.ts.
      entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/*.test-d.ts', '!src/inspector/page/**'],
      platform: 'node',
      shims: true, // the command reads its version from its package
    },
  ),
)
