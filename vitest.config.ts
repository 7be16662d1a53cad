import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/fixtures/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: more workers would only wait for each other.
    maxWorkers: 2,
  },
})
