import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';
import type { JobUpdate } from './job-update.ts';
import { join } from './join.ts';
import { canonicalJson, withoutUndefined } from './json.ts';
import { lift } from './lift.ts';
import { emptyState, type MergeState } from './merge-state.ts';
import { stateOf } from './state-of.ts';
import { toDocument } from './to-document.ts';

const ID = 'job-1';

/** Few values of everything, so that keys collide and ties are common. */
const time = fc.integer({ min: 0, max: 4 }).map((s) => `2016-01-14T08:00:0${s}.000Z`);
const word = fc.constantFrom('a', 'b', '__proto__', 'running');
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const values = fc.dictionary(
  fc.constantFrom('a', 'b', '__proto__'),
  fc.constantFrom('x', 'y', 1, ['x'], {}, null, ''),
  {
    noNullPrototype: true,
  },
);

const anyUpdate: fc.Arbitrary<JobUpdate> = fc
  .record({
    'event-id': fc.constantFrom('e1', 'e2', 'e3', 'e4'),
    time,
    kind: fc.constantFrom('submission', 'update', 'update', 'update', 'verdict', 'dismissal', 'presumed-failure'),
    attempt: optional(fc.integer({ min: 1, max: 3 })),
    status: optional(fc.constantFrom('submitted', 'running', 'succeeded', 'failed', 'calibrating')),
    progress: optional(fc.integer({ min: 0, max: 3 })),
    step: optional(word),
    message: optional(word),
    inputs: optional(values),
    outputs: optional(values),
    labels: optional(fc.array(word, { maxLength: 2 })),
    'add-labels': optional(fc.array(word, { maxLength: 2 })),
    'remove-labels': optional(fc.array(word, { maxLength: 2 })),
    'user-id': optional(word),
    worker: optional(word),
    'process-id': optional(word),
    'submit-time': optional(time),
    'start-time': optional(time),
    'stop-time': optional(time),
    'heartbeat-time': optional(time),
    'removed-time': fc.oneof({ arbitrary: fc.constant(undefined), weight: 20 }, { arbitrary: time, weight: 1 }),
    error: optional(word),
    results: optional(values),
  })
  .map((said): JobUpdate => {
    const ended = {
      verdict: { status: said.status === 'failed' ? 'failed' : 'succeeded', attempt: said.attempt ?? 1 },
      dismissal: { status: 'dismissed' },
      'presumed-failure': { status: 'failed' },
    }[said.kind as string];
    return withoutUndefined({ id: ID, ...said, ...ended }) as JobUpdate;
  });

function documentOf(updates: readonly JobUpdate[]): string {
  return canonicalJson(toDocument(undefined, updates.reduce(fold, emptyState(ID))));
}

/** As the handlers do it: each batch is folded into what is stored, and stored again as JSON. */
function documentOfBatches(batches: readonly (readonly JobUpdate[])[]): string {
  let stored: Record<string, unknown> | undefined;
  for (const batch of batches) {
    stored = JSON.parse(JSON.stringify(toDocument(stored, batch.reduce(fold, stateOf(ID, stored)))));
  }
  return canonicalJson(stored ?? toDocument(undefined, emptyState(ID)));
}

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length <= 1) yield [...items];
  for (const [i, item] of items.entries()) {
    for (const rest of permutations(items.toSpliced(i, 1))) yield [item, ...rest];
  }
}

describe('the merge', () => {
  it('gives one document for all permutations of up to five updates', () => {
    fc.assert(
      fc.property(fc.array(anyUpdate, { minLength: 2, maxLength: 5 }), (updates) => {
        const expected = documentOf(updates);
        for (const order of permutations(updates)) expect(documentOf(order)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('gives one document for any order of many updates with duplicates, in any batches, stored in between', () => {
    const deliveries = fc.array(anyUpdate, { minLength: 1, maxLength: 40 }).chain((updates) =>
      fc.record({
        updates: fc.constant(updates),
        replayed: fc
          .subarray(updates)
          .chain((again) => fc.shuffledSubarray([...updates, ...again], { minLength: updates.length + again.length })),
        batchSize: fc.integer({ min: 1, max: 7 }),
      }),
    );
    fc.assert(
      fc.property(deliveries, ({ updates, replayed, batchSize }) => {
        const batches = Array.from({ length: Math.ceil(replayed.length / batchSize) }, (_, i) =>
          replayed.slice(i * batchSize, (i + 1) * batchSize),
        );
        expect(documentOfBatches(batches)).toBe(documentOf(updates));
      }),
      { numRuns: 500 },
    );
  });

  it('is associative, commutative and idempotent on states', () => {
    const state: fc.Arbitrary<MergeState> = fc
      .array(anyUpdate, { maxLength: 4 })
      .map((updates) => updates.reduce(fold, emptyState(ID)));
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        expect(canonicalJson(join(a, join(b, c)))).toBe(canonicalJson(join(join(a, b), c)));
        expect(canonicalJson(join(a, b))).toBe(canonicalJson(join(b, a)));
        expect(canonicalJson(join(a, a))).toBe(canonicalJson(a));
        expect(canonicalJson(join(a, emptyState(ID)))).toBe(canonicalJson(a));
      }),
      { numRuns: 1000 },
    );
  });

  it('changes nothing when it folds what it knows already', () => {
    fc.assert(
      fc.property(fc.array(anyUpdate, { minLength: 1, maxLength: 8 }), (updates) => {
        const state = updates.reduce(fold, emptyState(ID));
        for (const update of updates) expect(canonicalJson(fold(state, update))).toBe(canonicalJson(state));
      }),
    );
  });

  it('refuses an update of another job', () => {
    const update: JobUpdate = { id: 'other', 'event-id': 'e', time: '2016-01-14T08:00:00.000Z', kind: 'update' };
    expect(() => fold(emptyState(ID), update)).toThrow('job other');
    expect(lift(update).id).toBe('other');
  });
});
