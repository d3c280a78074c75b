import { submission, verdict } from '@daybook/jobs';
import { describe, expect, it } from 'vitest';
import { createMemoryJobsDatabase } from '../testing/memory-jobs-database.ts';
import { createJobWaiter } from './job-waiter.ts';

const never = new AbortController().signal;

function submitted(...ids: readonly string[]) {
  const memory = createMemoryJobsDatabase();
  for (const id of ids) {
    memory.apply(submission({ id, inputs: {}, labels: [], userId: 'lena', processId: 'p' }));
  }
  return memory;
}

const options = (maxWaiting: number) => ({
  maxWaiting,
  intervalMs: 25,
  whenFull: 'too many wait',
  log: () => undefined,
});

describe('the waiter', () => {
  it('reads all jobs that are waited for by one request, and tells each when it ended', async () => {
    const memory = submitted('a', 'b');
    const waiter = createJobWaiter(memory.database, options(10));
    const place = waiter.reserve();
    const waits = ['a', 'b', 'b'].map((id) => place.ended(id, 10_000, never));
    await expect.poll(() => memory.polled.at(-1)).toEqual(['a', 'b']);
    memory.apply(verdict({ id: 'b', attempt: 1, status: 'failed' }));
    expect(await Promise.all(waits.slice(1))).toEqual([true, true]);
    await expect.poll(() => memory.polled.at(-1)).toEqual(['a']);
    memory.apply(verdict({ id: 'a', attempt: 1, status: 'succeeded' }));
    expect(await waits[0]).toBe(true);
    await waiter.close();
  });

  it('gives up when the time is over, the caller is gone or the server closes', async () => {
    const waiter = createJobWaiter(submitted('a').database, options(10));
    const place = waiter.reserve();
    expect(await place.ended('a', 30, never)).toBe(false);
    const gone = new AbortController();
    const wait = place.ended('a', 10_000, gone.signal);
    gone.abort();
    expect(await wait).toBe(false);
    const last = place.ended('a', 10_000, never);
    await waiter.close();
    expect(await last).toBe(false);
  });

  it('goes on when the database is back', async () => {
    const memory = submitted('a');
    memory.isAway = true;
    const said: string[] = [];
    const waiter = createJobWaiter(memory.database, { ...options(10), log: (message) => said.push(message) });
    const wait = waiter.reserve().ended('a', 10_000, never);
    await expect.poll(() => said).toHaveLength(1);
    memory.isAway = false;
    memory.apply(verdict({ id: 'a', attempt: 1, status: 'succeeded' }));
    expect(await wait).toBe(true);
    await waiter.close();
  });

  it('has a bounded number of places', async () => {
    const waiter = createJobWaiter(submitted().database, options(1));
    const place = waiter.reserve();
    expect(() => waiter.reserve()).toThrow('too many wait');
    place.release();
    place.release();
    waiter.reserve();
    expect(() => waiter.reserve()).toThrow('too many wait');
  });
});
