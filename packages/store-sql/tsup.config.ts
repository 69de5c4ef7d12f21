import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

// Node alone runs SQLite; the shim gives the CJS build a module path to resolve the optional driver from.
export default defineConfig(library({ index: 'src/index.ts' }, { platform: 'node', shims: true }))
