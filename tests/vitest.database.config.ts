import { defineConfig } from 'vitest/config';

/** What clients and attackers see of the jobs database alone: every file starts the built program by itself. */
export default defineConfig({
  test: {
    include: ['tests/clients/**/*.test.ts', 'tests/hostile/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
