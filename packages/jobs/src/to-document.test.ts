import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';
import type { JobDocument } from './job-document.ts';
import type { JobUpdate } from './job-update.ts';
import { emptyState } from './merge-state.ts';
import { toDocument } from './to-document.ts';

const at = (second: number): string => `2016-01-14T08:00:${String(second).padStart(2, '0')}.000Z`;
let minted = 0;
const event = (second: number, said: Partial<JobUpdate>): JobUpdate => ({
  id: 'job-1',
  'event-id': `e${minted++}`,
  time: at(second),
  kind: 'update',
  ...said,
});
const submitted = event(0, {
  kind: 'submission',
  status: 'submitted',
  inputs: { collection: 'L0' },
  labels: ['test'],
  'user-id': 'ada',
  'process-id': 'l1b:develop',
  'submit-time': at(0),
});
const verdict = (second: number, said: Partial<JobUpdate> = {}): JobUpdate =>
  event(second, { kind: 'verdict', status: 'succeeded', attempt: 1, 'stop-time': at(second), ...said });
const dismissed = (second: number): JobUpdate => event(second, { kind: 'dismissal', status: 'dismissed' });
const presumed = (second: number): JobUpdate =>
  event(second, { kind: 'presumed-failure', status: 'failed', error: 'attempts exhausted' });

interface Case {
  readonly it: string;
  readonly updates: readonly JobUpdate[];
  readonly shows: Partial<JobDocument>;
  readonly lacks?: readonly string[];
}

const cases: readonly Case[] = [
  {
    it: 'shows the seed fields of a job of which nothing but an id is known',
    updates: [event(1, {})],
    shows: {
      status: 'submitted',
      state: 'accepted',
      final: false,
      inputs: {},
      outputs: {},
      labels: [],
      'user-id': 'anonymous',
    },
    lacks: ['start-time', 'stop-time', 'progress', 'error', 'wait-time', 'input-values'],
  },
  {
    it: 'shows any other status over submitted, whichever is later',
    updates: [event(1, { status: 'running' }), event(9, { status: 'submitted' })],
    shows: { status: 'running', state: 'running' },
  },
  {
    it: 'shows the latest of several statuses of steps',
    updates: [event(3, { status: 'calibrating' }), event(2, { status: 'running' })],
    shows: { status: 'calibrating', state: 'running' },
  },
  {
    it: 'lets a step that says succeeded end nothing',
    updates: [submitted, event(5, { status: 'succeeded' })],
    shows: { status: 'succeeded', state: 'running', final: false },
  },
  {
    it: 'shows progress, step and message while there is no verdict',
    updates: [event(2, { progress: 40, step: 'calibrate', message: 'half' }), event(1, { progress: 90 })],
    shows: { progress: 40, step: 'calibrate', message: 'half' },
  },
  {
    it: 'drops progress, step and the statuses of steps at the verdict, late ones too',
    updates: [
      event(2, { progress: 40, step: 'calibrate', status: 'x' }),
      verdict(5),
      event(9, { status: 'running', step: 'y' }),
    ],
    shows: {
      status: 'succeeded',
      state: 'successful',
      final: true,
      progress: 100,
      'stop-time': at(5),
      'update-time': at(9),
    },
    lacks: ['step', 'message'],
  },
  {
    it: 'shows no progress of a failed job',
    updates: [
      event(2, { progress: 40 }),
      verdict(5, { status: 'failed', error: 'no', 'exit-code': 3, 'failed-step': 's' }),
    ],
    shows: {
      status: 'failed',
      state: 'failed',
      error: 'no',
      'exit-code': 3,
      'failed-step': 's',
      'error-class': 's: exit 3: no',
    },
    lacks: ['progress'],
  },
  {
    it: 'lets a dismissal outrank the verdict of a worker, whichever is first',
    updates: [dismissed(9), verdict(5, { outputs: { a: 'http://a' }, results: { a: 1 } })],
    shows: { status: 'dismissed', state: 'dismissed', outputs: {}, 'stop-time': at(9) },
    lacks: ['results', 'output-values'],
  },
  {
    it: 'lets a worker outrank a presumed failure',
    updates: [presumed(1), verdict(5)],
    shows: { status: 'succeeded' },
    lacks: ['error', 'error-class'],
  },
  {
    it: 'lets the lowest attempt outrank an earlier verdict of a higher one',
    updates: [verdict(9, { attempt: 1, status: 'failed', error: 'first' }), verdict(2, { attempt: 2 })],
    shows: { status: 'failed', error: 'first', attempts: 2 },
  },
  {
    it: 'lets the earliest of two verdicts of one attempt stand as a whole',
    updates: [verdict(9, { outputs: { late: 'http://l' } }), verdict(4, { results: { early: 1 } })],
    shows: { results: { early: 1 }, outputs: {}, 'stop-time': at(4) },
  },
  {
    it: 'shows outputs of steps name by name, under those of the verdict',
    updates: [
      event(1, { outputs: { a: 'http://a1', b: 'http://b' } }),
      event(2, { outputs: { a: 'http://a2', c: 'http://c' } }),
      verdict(5, { outputs: { c: 'http://final', d: ['http://d1', 'http://d2'] } }),
    ],
    shows: {
      outputs: { a: 'http://a2', b: 'http://b', c: 'http://final', d: ['http://d1', 'http://d2'] },
      'output-values': ['a=http://a2', 'b=http://b', 'c=http://final', 'd=http://d1', 'd=http://d2'],
    },
  },
  {
    it: 'never lets a step replace the inputs, labels or user of the submission',
    updates: [event(9, { inputs: { collection: 'other' }, labels: ['x'], 'user-id': 'eve' }), submitted],
    shows: { inputs: { collection: 'L0' }, labels: ['test'], 'user-id': 'ada', 'input-values': ['collection=L0'] },
  },
  {
    it: 'shows the inputs of a step until the submission is known',
    updates: [event(1, { inputs: { a: 1 } }), event(2, { inputs: { b: 2 } })],
    shows: { inputs: { b: 2 } },
  },
  {
    it: 'never lets an empty value erase another',
    updates: [
      event(1, { status: 'running', outputs: { a: 'http://a' }, labels: ['x'], inputs: { a: 1 }, message: 'm' }),
      event(2, { status: '', outputs: { a: '' }, labels: [], inputs: {}, message: 'none' }),
    ],
    shows: { status: 'running', outputs: { a: 'http://a' }, labels: ['x'], inputs: { a: 1 }, message: 'm' },
  },
  {
    it: 'takes the earliest submit and start time and the highest attempt',
    updates: [submitted, event(8, { 'start-time': at(8), attempt: 2 }), event(9, { 'start-time': at(3), attempt: 1 })],
    shows: {
      'submit-time': at(0),
      'start-time': at(3),
      attempts: 2,
      'wait-time': 3,
      'update-time': at(9),
      state: 'running',
    },
  },
  {
    it: 'counts the duration from start to stop, never below 0',
    updates: [event(8, { 'start-time': at(8) }), verdict(5)],
    shows: { duration: 0 },
  },
  {
    it: 'shows the worker of the highest attempt, however its clock goes',
    updates: [event(9, { worker: 'w1', attempt: 1 }), event(1, { worker: 'w2', attempt: 2 })],
    shows: { worker: 'w2' },
  },
  {
    it: 'takes outputs and results away once they are removed, and keeps how the job ended',
    updates: [verdict(5, { outputs: { a: 'http://a' }, results: { a: 1 } }), event(9, { 'removed-time': at(9) })],
    shows: { outputs: {}, status: 'succeeded', 'removed-time': at(9) },
    lacks: ['results', 'output-values'],
  },
  {
    it: 'breaks a tie of time and attempt by the event id',
    updates: [event(1, { status: 'z', 'event-id': 'b1' }), event(1, { status: 'a', 'event-id': 'b2' })],
    shows: { status: 'a' },
  },
  {
    it: 'ranks a higher attempt first where times are equal',
    updates: [
      event(1, { status: 'second', attempt: 2, 'event-id': 'a' }),
      event(1, { status: 'first', attempt: 1, 'event-id': 'z' }),
    ],
    shows: { status: 'second' },
  },
];

describe('the document', () => {
  it.each(cases)('$it', ({ updates, shows, lacks = [] }) => {
    for (const order of [updates, updates.toReversed()]) {
      const document = toDocument(undefined, order.reduce(fold, emptyState('job-1')));
      expect(document).toMatchObject(shows);
      for (const field of lacks) expect(document).not.toHaveProperty(field);
      expect(Object.values(document)).not.toContain(undefined);
      expect(Object.values(document)).not.toContain(null);
    }
  });

  it('keeps the fields that users added, and rewrites and removes its own', () => {
    const existing = { id: 'scribbled', status: 'mine', error: 'old', 'reviewed-by': 'ada', note: { a: null } };
    const document = toDocument(existing, fold(emptyState('job-1'), submitted));
    expect(document).toMatchObject({ id: 'job-1', status: 'submitted', 'reviewed-by': 'ada', note: { a: null } });
    expect(document).not.toHaveProperty('error');
  });
});
