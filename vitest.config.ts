import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@daybook/source'] },
  ssr: { resolve: { conditions: ['@daybook/source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'tests/structure/**/*.test.ts'],
    // By default one on a machine of two cores.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
