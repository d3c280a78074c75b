import { describe, expect, it } from 'vitest';
import { dismissal, presumedFailure, statusUpdate, submission, verdict, verdictByReference } from './build-update.ts';
import { claim, queued } from './claim.ts';
import { inputsHash } from './inputs-hash.ts';
import { isJobId, newJobId } from './job-id.ts';
import { emptyState } from './merge-state.ts';
import { parseMessage } from './parse-message.ts';

const job = { id: 'j', inputs: { b: 1, a: null }, labels: [], userId: 'ada', processId: 'p:1' };
const built = [
  submission(job),
  statusUpdate({ id: 'j', status: 'running', attempt: 1, progress: 5 }),
  verdict({ id: 'j', attempt: 1, status: 'succeeded', outputs: { o: 'http://o' }, results: { o: { class: 'File' } } }),
  dismissal({ id: 'j', message: 'no longer wanted' }),
  presumedFailure({ id: 'j', error: 'attempts exhausted' }),
];

describe('an event that was built', () => {
  it.each(built)('is read back from its message as it was: $kind', (update) => {
    const parsed = parseMessage(JSON.stringify(update), { messageId: 'm', time: '2999-01-01T00:00:00Z' });
    const { labels, ...rest } = update;
    expect(parsed).toEqual({ update: labels?.length === 0 ? rest : update });
  });

  it('keeps the id and time that a publisher minted', () => {
    const mint = { eventId: 'e', time: new Date('2016-01-14T08:00:00Z') };
    expect(dismissal({ id: 'j' }, mint)).toMatchObject({ 'event-id': 'e', time: '2016-01-14T08:00:00.000Z' });
  });

  it('hashes equal inputs alike in any order', () => {
    expect(inputsHash({ a: null, b: 1 })).toBe(submission(job)['inputs-hash']);
    expect(inputsHash({ a: 1 })).not.toBe(inputsHash({ a: '1' }));
  });

  it('says where a large verdict stands, and who it is from', () => {
    const small = verdictByReference(verdict({ id: 'j', attempt: 2, status: 'failed', error: 'x'.repeat(9) }), {
      url: 'http://store/v.json',
      sha256: 'ab',
    });
    expect(small).toMatchObject({ id: 'j', attempt: 2, kind: 'verdict', 'results-url': 'http://store/v.json' });
    expect(small).not.toHaveProperty('error');
  });

  it('refuses an id that is none, and a verdict without attempt', () => {
    expect(() => dismissal({ id: 'a/b' })).toThrow('"a/b"');
    expect(() => verdict({ id: 'j', attempt: 0, status: 'failed' })).toThrow('attempt');
  });
});

describe('a claim', () => {
  it('takes the next number and names the worker', () => {
    const first = claim(emptyState('j'), 'w1', '2016-01-14T08:00:09.000Z');
    const second = claim(first.state, 'w2', '2016-01-14T08:00:01.000Z');
    expect([first.attempt, second.attempt]).toEqual([1, 2]);
    expect(second.state).toMatchObject({ attempts: 2, worker: { value: 'w2' } });
  });

  it('keeps the first time at which a job was queued', () => {
    const once = queued(emptyState('j'), '2016-01-14T08:00:01.000Z');
    expect(queued(once, '2016-01-14T08:00:02.000Z')).toEqual(once);
  });
});

describe('a new id', () => {
  it('is an id, is unlike others and sorts by time', () => {
    const ids = Array.from({ length: 100 }, (_, i) => newJobId(new Date(1_000_000 + i)));
    expect(new Set(ids).size).toBe(100);
    expect(ids.every(isJobId)).toBe(true);
    expect(ids.toSorted()).toEqual(ids);
  });
});
