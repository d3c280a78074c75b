import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a rate limit lets a burst pass, and then one in each interval', async () => {
  const limit = createRateLimit(3, 100);
  const passed: number[] = [];
  const { signal } = new AbortController();
  const started = performance.now();
  for (let i = 0; i < 6; i++) {
    limit.pass(signal).then(() => passed.push(performance.now() - started));
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(passed).toEqual([0, 0, 0, 100, 200, 300]);
});

test('a rate limit gives its burst again after a while of silence', async () => {
  const limit = createRateLimit(2, 100);
  const { signal } = new AbortController();
  await Promise.all([limit.pass(signal), limit.pass(signal)]);
  await vi.advanceTimersByTimeAsync(200);
  const before = performance.now();
  await Promise.all([limit.pass(signal), limit.pass(signal)]);
  expect(performance.now()).toBe(before);
});
