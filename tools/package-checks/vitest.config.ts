import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'package-checks',
    include: process.env.SCIMKIT_QUICK === '1' ? [] : ['test/**/*.test.ts'],
    passWithNoTests: true,
    globalSetup: process.env.SCIMKIT_QUICK === '1' ? [] : ['./test/pack-packages.ts'],
    testTimeout: 240_000,
    hookTimeout: 300_000,
  },
})
