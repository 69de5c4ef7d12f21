import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(
  library({
    index: 'src/index.ts',
    schema: 'src/schema.ts',
    zod: 'src/zod.ts',
    mini: 'src/mini.ts',
    documents: 'src/documents.ts',
    openapi: 'src/openapi.ts',
    profiles: 'src/profiles.ts',
    internal: 'src/internal.ts',
  }),
)
