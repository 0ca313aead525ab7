import { defineConfig } from 'vitest/config'

/** `npx vitest run -c test/vitest.config.ts <part of a path>` runs a few; `npm test` runs all. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['./harness/services.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
})
