import type { JobUpdate } from '@daybook/jobs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgressReporter } from './progress-reporter.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const updates: JobUpdate[] = [];
  const publish = async (update: JobUpdate): Promise<void> => void updates.push(update);
  return { updates, reporter: createProgressReporter({ id: 'job', attempt: 2 }, { publish }) };
}

it('publishes the newest of the states that came in an interval', async () => {
  const { updates, reporter } = start();
  for (const progress of [10, 20, 30]) reporter.report({ progress, step: 'align' });
  await vi.advanceTimersByTimeAsync(1000);
  reporter.report({ progress: 60 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(updates).toMatchObject([
    { id: 'job', attempt: 2, progress: 30, step: 'align' },
    { id: 'job', attempt: 2, progress: 60 },
  ]);
  await reporter.close();
});

it('says once a minute that a job is alive where nothing else is to be said, until it is closed', async () => {
  const { updates, reporter } = start();
  await vi.advanceTimersByTimeAsync(150_000);
  expect(updates.map(({ 'heartbeat-time': time, progress }) => [typeof time, progress])).toEqual([
    ['string', undefined],
    ['string', undefined],
  ]);
  await reporter.close();
  reporter.report({ progress: 99 });
  await vi.advanceTimersByTimeAsync(150_000);
  expect(updates).toHaveLength(2);
});
