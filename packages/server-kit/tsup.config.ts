import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(
  library({
    index: 'src/index.ts',
    patch: 'src/patch.ts',
    node: 'src/node.ts',
    express: 'src/express.ts',
    fastify: 'src/fastify.ts',
    next: 'src/next.ts',
    testing: 'src/testing.ts',
  }),
)
