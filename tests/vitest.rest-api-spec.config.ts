import { defineConfig } from 'vitest/config';
import CompatibilityReport from './rest-api-spec/compatibility-report.ts';

export default defineConfig({
  test: {
    include: ['tests/rest-api-spec/**/*.test.ts'],
    globalSetup: ['tests/rest-api-spec/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters:
      process.env.DAYBOOK_TEST_COMPATIBILITY === 'write' ? ['default', new CompatibilityReport()] : ['default'],
  },
});
