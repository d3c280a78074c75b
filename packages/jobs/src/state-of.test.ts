import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dismissal, statusUpdate, submission, verdict } from './build-update.ts';
import { fold } from './fold.ts';
import { emptyState } from './merge-state.ts';
import { stateOf } from './state-of.ts';
import { toDocument } from './to-document.ts';
import { verdictAttempt } from './verdict-attempt.ts';

const job = { id: 'j', inputs: { a: 1 }, labels: ['x'], userId: 'ada', processId: 'p:1', processVersion: '1' };
const updates = [
  submission(job),
  statusUpdate({ id: 'j', status: 'running', attempt: 1, outputs: { o: 'http://o' }, worker: 'w' }),
  verdict({ id: 'j', attempt: 1, status: 'failed', error: 'no' }),
];
const state = updates.reduce(fold, emptyState('j'));
const document = toDocument({ note: 'mine' }, state);

describe('the stored state', () => {
  it('comes back whole from the document', () => {
    expect(stateOf('j', JSON.parse(JSON.stringify(document)))).toEqual(state);
    expect(stateOf('j', undefined)).toEqual({ id: 'j' });
  });

  it('loses only the parts that somebody has spoilt', () => {
    const merge = { ...state, verdict: 'gone', 'start-time': 5, outputs: { o: 1 }, rubbish: true };
    const { verdict: _verdict, outputs: _outputs, ...kept } = state;
    expect(stateOf('j', { ...document, merge })).toEqual(kept);
  });

  it('can be folded on, whatever stands in its place', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(state), 'merge', 'id'), fc.jsonValue()), (rubbish) => {
        for (const spoilt of [{ merge: { ...state, ...rubbish } }, rubbish]) {
          const folded = updates.reduce(fold, stateOf('j', spoilt));
          expect(toDocument(spoilt, folded).final).toBe(true);
        }
      }),
    );
  });

  it('is adopted from a document that never had one, and gives way to every update', () => {
    const old = { id: 'j', status: 'running', inputs: { a: 1 }, outputs: {}, labels: ['x'], kind: 'mine' };
    const adopted = toDocument(old, stateOf('j', old));
    expect(adopted).toMatchObject({ status: 'running', inputs: { a: 1 }, labels: ['x'], kind: 'mine', final: false });
    const next = fold(stateOf('j', old), statusUpdate({ id: 'j', status: 'calibrating' }));
    expect(toDocument(old, next)).toMatchObject({ status: 'calibrating', inputs: { a: 1 } });
  });

  it('names the attempt whose word ended the job', () => {
    expect(verdictAttempt(document)).toBe(1);
    expect(verdictAttempt(toDocument(document, fold(state, dismissal({ id: 'j' }))))).toBeUndefined();
  });
});
