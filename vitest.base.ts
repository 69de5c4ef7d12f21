import { defineConfig, type ViteUserConfig } from 'vitest/config'

const quick = process.env.SCIMKIT_QUICK === '1'

/**
 * Settings that every package's tests share: sources through the private condition, type tests beside them. Unit tests
 * stand beside their source; what needs a whole package lies in `test/` and is left out of the quick run.
 */
export function testProject(name: string, options: { typecheck?: boolean } = {}): ViteUserConfig {
  return defineConfig({
    resolve: { conditions: ['@scimkit/source'] },
    ssr: { resolve: { conditions: ['@scimkit/source'] } },
    test: {
      name,
      include: ['src/**/*.test.ts', ...(quick ? [] : ['test/**/*.test.ts'])],
      typecheck: {
        enabled: options.typecheck ?? false,
        include: ['src/**/*.test-d.ts', 'test/**/*.test-d.ts'],
        tsconfig: './tsconfig.json',
      },
      // No result may depend on the zone of the machine, so the tests have one that is not UTC.
      env: { TZ: 'America/New_York' },
      testTimeout: 120_000,
      hookTimeout: 180_000,
    },
  })
}
