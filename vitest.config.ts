import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: ['packages/*', 'tools/*/vitest.config.ts', 'examples/*/vitest.config.ts'],
    // By default one core stays idle, which on two cores is every other one.
    maxWorkers: '100%',
  },
})
