import { expect, it, test } from 'vitest';
import { examineClock, examineNode, examinePart, examineQueues, examineWorkers } from './examine.ts';

test.each([
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
  ['20.18.3', 'fail'],
  ['18.20.0', 'fail'],
])('Node.js %s is %s', (version, level) => {
  expect(examineNode(version).level).toBe(level);
});

it('clocks agree within seconds, and the finding says which of them is ahead', () => {
  const server = new Date('2016-01-14T08:00:00Z');
  const at = (seconds: number) => examineClock(server, new Date(server.getTime() + seconds * 1000))[0];
  expect(at(4)?.level).toBe('ok');
  expect(at(-90)).toMatchObject({ level: 'warn', text: expect.stringContaining('90 s behind') });
  expect(at(3600)).toMatchObject({ level: 'warn', text: expect.stringContaining('3600 s ahead of') });
  expect(examineClock(undefined, server)).toEqual([]);
});

it('a part that is not ready is told with what to do', () => {
  expect(examinePart({ name: 'bus', status: 'waiting', detail: 'ECONNREFUSED' })).toMatchObject({
    level: 'warn',
    text: expect.stringMatching(/^waiting: ECONNREFUSED — .*--aws-endpoint/),
  });
  expect(examinePart({ name: 'other', status: 'failed', detail: 'broken' })).toMatchObject({
    level: 'fail',
    text: 'failed: broken',
  });
});

it('workers are well when one runs, is heard of and has the version of the program', () => {
  const worker = {
    id: 'w1',
    host: 'node-1',
    state: 'running',
    version: '1.0',
    slots: 4,
    'running-jobs': ['j1'],
  } as const;
  const levels = (workers: Parameters<typeof examineWorkers>[0]) =>
    examineWorkers(workers, '1.0').map((each) => each.level);
  expect(examineWorkers([worker], '1.0')).toEqual([
    { level: 'ok', subject: 'worker node-1', text: 'runs 1 jobs in 4 slots' },
  ]);
  expect(levels([{ ...worker, state: 'silent' }, worker])).toEqual(['warn', 'ok']);
  expect(levels([{ ...worker, version: '0.9' }])).toEqual(['warn']);
  expect(levels([{ ...worker, state: 'stopped' }])).toEqual(['warn']);
  expect(examineWorkers([], '1.0')[0]?.text).toContain('daybook worker');
});

it('a queue is well as long as it has no dead letters', () => {
  const queue = { name: 'updates', waiting: 3, 'in-flight': 1, 'oldest-seconds': 70 };
  expect(examineQueues([queue, { ...queue, waiting: 0 }, { ...queue, 'dead-letters': 2 }])).toEqual([
    { level: 'ok', subject: 'queue updates', text: '3 waiting, the oldest for 1m 10s' },
    { level: 'ok', subject: 'queue updates', text: '0 waiting' },
    {
      level: 'warn',
      subject: 'queue updates',
      text: expect.stringMatching(/^2 dead letters: .*daybook dead-letters list/),
    },
  ]);
});
