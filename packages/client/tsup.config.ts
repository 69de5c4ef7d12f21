import type { Options } from 'tsup'
import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/**
 * Leaves `patch` and what it needs in files of their own. Bundlers decide by file what belongs to the first chunk of an
 * app: inside `index.js` the import of the parser would make it a part of every app, whether it calls `patch` or not.
 */
const apart: Plugin = {
  name: 'apart',
  setup(build) {
    const extension = build.initialOptions.outExtension?.['.js'] ?? '.js'
    build.onResolve({ filter: /^\.\/(patch|patch-builder)\.js$/ }, ({ path }) => ({
      path: path.replace(/\.js$/, extension),
      external: true,
    }))
  },
}

const entry = { index: 'src/index.ts', oauth: 'src/oauth.ts' }

export default defineConfig(
  library(
    { ...entry, patch: 'src/patch.ts', 'patch-builder': 'src/patch-builder.ts' },
    { dts: { entry }, esbuildPlugins: [apart] },
  ),
)
