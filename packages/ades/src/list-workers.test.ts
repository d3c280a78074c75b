import { expect, it } from 'vitest';
import { listWorkers } from './list-workers.ts';
import { createMemoryJobsDatabase } from './testing/memory-jobs-database.ts';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

it('lists the workers with what they said last, and shows those that fell silent', async () => {
  const memory = createMemoryJobsDatabase();
  memory.workers.push(
    { id: 'a', state: 'running', 'heartbeat-time': ago(2), slots: 4, 'running-jobs': ['job'], pid: 7 },
    { id: 'b', state: 'running', 'heartbeat-time': ago(60), slots: 2 },
    { id: 'c', state: 'stopped', 'heartbeat-time': ago(600) },
  );
  const listed = await listWorkers(memory.database, 1000);
  expect(listed.map(({ id, state }) => [id, state])).toEqual([
    ['a', 'running'],
    ['b', 'silent'],
    ['c', 'stopped'],
  ]);
  expect(listed[0]).toMatchObject({ slots: 4, 'running-jobs': ['job'] });
  expect(listed[0]).not.toHaveProperty('pid');
});

it('lists none where the database is away', async () => {
  const memory = createMemoryJobsDatabase();
  memory.isAway = true;
  expect(await listWorkers(memory.database, 1000)).toEqual([]);
});
