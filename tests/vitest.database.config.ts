import { defineConfig } from 'vitest/config';

/** What is seen of the jobs database alone, from outside: every file starts the built program by itself. */
export default defineConfig({
  test: {
    include: ['clients', 'hostile', 'differential', 'linearizability'].map((folder) => `tests/${folder}/**/*.test.ts`),
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
