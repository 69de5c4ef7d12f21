import { rmSync } from 'node:fs'
import type { Options } from 'tsup'

type EsbuildOptions = Parameters<NonNullable<Options['esbuildOptions']>>[0]
type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/**
 * Build of every library package: ESM and CJS, each with its types. A module stays a file of its own, so that an
 * application's bundler can drop and split as finely as the source is written: bundled entries would carry what is
 * loaded on use into the first chunk of everybody.
 *
 * @param entry Public entries by name; types are built for these.
 * @param options What differs for a package.
 * @returns Options for tsup.
 */
export function library(entry: Record<string, string>, options: Options = {}): Options[] {
  const common: Options = {
    entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/*.test-d.ts'],
    target: 'node20',
    platform: 'neutral',
    splitting: false,
    sourcemap: true,
    removeNodeProtocol: false,
    external: [/^node:/],
    ...options,
  }
  rmSync('dist', { recursive: true, force: true }) // tsup's own cleaning would remove what its other builds have written
  return [
    { ...common, format: 'esm', esbuildPlugins: [keepModules('.js')] },
    // For Node, esbuild writes down the names that a module exports; without them `import` of it would find none.
    {
      ...common,
      format: 'cjs',
      platform: 'node',
      esbuildPlugins: [keepModules('.cjs')],
      esbuildOptions: loadByRequire,
    },
    { ...common, entry, format: ['esm', 'cjs'], dts: { entry, only: true } },
  ]
}

/** What a CommonJS module loads on use it requires: Jest and others run CommonJS where `import()` is refused. */
function loadByRequire(options: EsbuildOptions): void {
  options.supported = { ...options.supported, 'dynamic-import': false }
}

/** Leaves imports of neighbours as they are, but for the ending that the format's files have. */
function keepModules(ending: '.js' | '.cjs'): Plugin {
  return {
    name: 'keep-modules',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
        kind === 'entry-point' ? undefined : { path: path.replace(/\.js$/, ending), external: true },
      )
    },
  }
}
