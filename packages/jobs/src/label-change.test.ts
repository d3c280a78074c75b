import { describe, expect, it } from 'vitest';
import { dismissal, statusUpdate, submission, verdict } from './build-update.ts';
import { fold } from './fold.ts';
import type { JobUpdate } from './job-update.ts';
import { labelChange } from './label-change.ts';
import { emptyState } from './merge-state.ts';
import { stateOf } from './state-of.ts';
import { toDocument } from './to-document.ts';

const submitted = submission({ id: 'j', inputs: {}, labels: ['a', 'b'], userId: 'ada', processId: 'p:1' });
const now = new Date('2030-01-14T08:00:00Z');
const labelsAfter = (...updates: readonly JobUpdate[]) =>
  toDocument(undefined, updates.reduce(fold, emptyState('j'))).labels;
const change = (add: string[], remove: string[], at = now) =>
  labelChange(emptyState('j'), { add, remove }, { time: at });

describe('changes of labels', () => {
  it('survive whatever is heard of the job later', () => {
    const run = verdict({ id: 'j', attempt: 1, status: 'failed', error: 'no' });
    const step = statusUpdate({ id: 'j', status: 'running', labels: ['a', 'step'] });
    const end = dismissal({ id: 'j' });
    expect(labelsAfter(submitted, change(['d', 'c'], ['a']), step, run, end)).toEqual(['b', 'c', 'd']);
    expect(labelsAfter(change(['d', 'c'], ['a']), submitted)).toEqual(['b', 'c', 'd']);
  });

  it('keep both of two that were made at once, in either order', () => {
    const [one, other] = [change(['c'], ['a']), change(['d'], ['b'])];
    expect(labelsAfter(submitted, one, other)).toEqual(['c', 'd']);
    expect(labelsAfter(other, one, submitted)).toEqual(['c', 'd']);
  });

  it('undo what was seen, also where the clock of the second is behind', () => {
    const added = fold(fold(emptyState('j'), submitted), change(['c'], []));
    const removed = fold(
      added,
      labelChange(added, { add: [], remove: ['c'] }, { time: new Date('2020-01-14T08:00:00Z') }),
    );
    expect(toDocument(undefined, removed).labels).toEqual(['a', 'b']);
  });

  it('come back whole from the stored document', () => {
    const state = [submitted, change(['__proto__', '1'], ['a'])].reduce(fold, emptyState('j'));
    const stored = JSON.parse(JSON.stringify(toDocument(undefined, state)));
    expect(stored.labels).toEqual(['b', '1', '__proto__']);
    expect(stateOf('j', stored)).toEqual(state);
  });
});
