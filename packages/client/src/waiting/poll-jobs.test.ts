import { expect, it } from 'vitest';
import type { StatusInfo } from '../ades/jobs.ts';
import type { Transport } from '../ades/transport.ts';
import { pollJobs } from './poll-jobs.ts';

/** An ADES whose jobs end when they were asked about as often as their ids say. */
function ades(): Transport & { asked: number; atOnce: number } {
  const counts = new Map<string, number>();
  let running = 0;
  const transport = {
    asked: 0,
    atOnce: 0,
    open: () => Promise.reject(new Error('not used')),
    async send({ path }: { readonly path: string }) {
      const jobID = path.replace('/jobs/', '');
      const count = (counts.get(jobID) ?? 0) + 1;
      counts.set(jobID, count);
      transport.asked += 1;
      transport.atOnce = Math.max(transport.atOnce, ++running);
      await Promise.resolve();
      running -= 1;
      const [, needed] = jobID.split('-');
      return {
        status: 200,
        headers: new Headers(),
        body: { jobID, status: count < Number(needed) ? 'running' : 'successful' },
      };
    },
  };
  return transport;
}

const { signal } = new AbortController();

it('all jobs are waited for, a few at a time, and each is told of once', async () => {
  const transport = ades();
  const ids = Array.from({ length: 100 }, (_, n) => `${n}-${n % 30 === 0 ? 3 : 1}`);
  const ended: string[] = [];
  const options = { timeoutSeconds: undefined, signal, ended: ({ jobID }: StatusInfo) => ended.push(jobID) };
  expect(await pollJobs(transport, ids, options)).toEqual([]);
  expect([...ended].sort()).toEqual([...ids].sort());
  expect(transport.atOnce).toBeLessThanOrEqual(8);
  expect(transport.asked).toBeLessThanOrEqual(100 + 8 * 3);
});

it('what has not ended when the time is over is given, also what was not asked about yet', async () => {
  const ids = Array.from({ length: 12 }, (_, n) => `${n}-1000`);
  const open = await pollJobs(ades(), ids, { timeoutSeconds: 0, signal, ended: () => {} });
  expect(open).toEqual(ids);
});
