import type { Options } from 'tsup'

/** Build of every library package: ESM and CJS, each with its types, one chunk graph. */
export function library(entry: Record<string, string>, options: Options = {}): Options {
  return {
    entry,
    format: ['esm', 'cjs'],
    target: 'node20',
    platform: 'neutral',
    splitting: true,
    sourcemap: true,
    dts: true,
    clean: true,
    removeNodeProtocol: false,
    external: [/^node:/],
    ...options,
  }
}
