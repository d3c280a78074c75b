import { expect, it } from 'vitest';
import { createPostponedRequests } from './postponed-requests.ts';
import type { SendResult } from './send-requests.ts';

it('sends each job again until the queue takes or refuses it', async () => {
  const tries: string[] = [];
  const outcomes: SendResult[] = [
    { result: 'unknown', reason: 'away' },
    { result: 'unknown', reason: 'away' },
    { result: 'sent' },
    { result: 'refused', reason: 'no' },
  ];
  const postponed = createPostponedRequests(async (jobId) => {
    tries.push(jobId);
    return outcomes.shift() ?? { result: 'sent' };
  }, 1);
  postponed.add('a');
  postponed.add('b');
  await expect.poll(() => tries).toEqual(['a', 'a', 'a', 'b']);
  postponed.add('c');
  await expect.poll(() => tries.at(-1)).toBe('c');
  await postponed.close();
});

it('sends nothing more once it is closed', async () => {
  const tries: string[] = [];
  const postponed = createPostponedRequests(async (jobId) => {
    tries.push(jobId);
    return { result: 'unknown', reason: 'away' };
  }, 1);
  postponed.add('a');
  await expect.poll(() => tries.length).toBeGreaterThan(1);
  await postponed.close();
  const { length } = tries;
  postponed.add('b');
  await new Promise((resolve) => setImmediate(resolve));
  expect(tries).toHaveLength(length);
});
