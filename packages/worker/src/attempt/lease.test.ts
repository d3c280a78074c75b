import { DaybookError } from '@daybook/errors';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdLease, type Lease } from './lease.ts';

const LEASE_MS = 30_000;

let lease: Lease;
const extend = vi.fn<(signal: AbortSignal) => Promise<void>>();
const onLost = vi.fn<(reason: string) => void>();

beforeEach(() => {
  vi.useFakeTimers();
  extend.mockReset().mockResolvedValue();
  onLost.mockReset();
  lease = holdLease({ leaseMs: LEASE_MS, extend, onLost });
});

afterEach(async () => {
  await lease.release();
  vi.useRealTimers();
});

test('is extended at every third of it', async () => {
  await vi.advanceTimersByTimeAsync(9999);
  expect(extend).toHaveBeenCalledTimes(0);
  await vi.advanceTimersByTimeAsync(2);
  expect(extend).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(extend).toHaveBeenCalledTimes(11);
  expect(lease.isHeld()).toBe(true);
});

test('of a quarter of an hour outlives an outage of ten minutes', async () => {
  await lease.release();
  lease = holdLease({ leaseMs: 900_000, extend, onLost });
  await vi.advanceTimersByTimeAsync(300_000);
  extend.mockRejectedValue(new DaybookError('unavailable', 'away'));
  await vi.advanceTimersByTimeAsync(600_000);
  extend.mockResolvedValue();
  await vi.advanceTimersByTimeAsync(900_000);
  expect(onLost).not.toHaveBeenCalled();
});

test('outlives failures that are shorter than it', async () => {
  extend.mockRejectedValueOnce(new DaybookError('unavailable', 'away'));
  extend.mockRejectedValueOnce(new DaybookError('timeout', 'away'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onLost).not.toHaveBeenCalled();
});

test('is lost at five sixths when every extension fails', async () => {
  extend.mockRejectedValue(new DaybookError('unavailable', 'away'));
  await vi.advanceTimersByTimeAsync(24_999);
  expect(lease.isHeld()).toBe(true);
  await vi.advanceTimersByTimeAsync(2);
  expect(lease.isHeld()).toBe(false);
  expect(onLost).toHaveBeenCalledOnce();
});

test('is lost when an extension never answers', async () => {
  extend.mockReturnValue(new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(25_001);
  expect(onLost).toHaveBeenCalledOnce();
});

test('counts from when a confirmed extension was sent, not from its answer', async () => {
  extend.mockImplementationOnce(() => new Promise((resolve) => setTimeout(resolve, 14_000)));
  extend.mockReturnValue(new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(10_000 + 24_999);
  expect(lease.isHeld()).toBe(true);
  await vi.advanceTimersByTimeAsync(2);
  expect(lease.isHeld()).toBe(false);
});

test('is lost at once when its receipt is refused', async () => {
  extend.mockRejectedValue(new DaybookError('invalid-argument', 'the receipt handle has expired'));
  await vi.advanceTimersByTimeAsync(10_001);
  expect(onLost).toHaveBeenCalledWith(expect.stringMatching(/expired/));
});

test('is seen to be lost by a process that was stopped, before any timer has run', () => {
  vi.setSystemTime(Date.now() + 60_000);
  expect(lease.isHeld()).toBe(false);
  expect(onLost).toHaveBeenCalledOnce();
});

test('says nothing once it is released', async () => {
  await lease.release();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(extend).not.toHaveBeenCalled();
  expect(onLost).not.toHaveBeenCalled();
});
