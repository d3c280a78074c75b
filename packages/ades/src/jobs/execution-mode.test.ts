import { describe, expect, it } from 'vitest';
import { executionWaitMs } from './execution-mode.ts';

const both = ['async-execute', 'sync-execute'];

describe('an execute request waits for its job', () => {
  it.each([
    ['not where the process is asynchronous only', ['async-execute'], { respondAsync: false, waitSeconds: 5 }, 0],
    ['by default where it can', both, { respondAsync: false }, 30_000],
    ['not where it prefers so', both, { respondAsync: true }, 0],
    ['as long as it says, before it goes on asynchronously', both, { respondAsync: true, waitSeconds: 2 }, 2_000],
    ['no longer than the limit', both, { respondAsync: false, waitSeconds: 999 }, 30_000],
    ['where the process is synchronous only', ['sync-execute'], { respondAsync: true }, 30_000],
  ])('%s', (_what, options, preferences, expected) => {
    expect(executionWaitMs(options, preferences, 30_000)).toBe(expected);
  });
});
