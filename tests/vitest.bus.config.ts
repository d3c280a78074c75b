import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/bus/**/*.test.ts'],
    globalSetup: ['tests/bus/global-setup.ts'],
    maxWorkers: 2,
    maxConcurrency: 20,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
