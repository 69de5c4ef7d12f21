import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** Settings that every package's tests share: sources through the private condition, type tests beside them. */
export function testProject(name: string, options: { typecheck?: boolean } = {}): ViteUserConfig {
  return defineConfig({
    resolve: { conditions: ['@scimkit/source'] },
    ssr: { resolve: { conditions: ['@scimkit/source'] } },
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      typecheck: { enabled: options.typecheck ?? false, include: ['src/**/*.test-d.ts', 'test/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  })
}
