import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@daybook/source'] },
  ssr: { resolve: { conditions: ['@daybook/source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'tests/structure/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
