import { describe, expect, it } from 'vitest';
import { isLinearizable } from './check-history.ts';
import type { Event, Operation, Outcome } from './history.ts';

const event = (calledAt: number, returnedAt: number, operation: Operation, outcome: Outcome): Event => ({
  id: 'a',
  operation,
  outcome,
  calledAt,
  returnedAt,
});
const put = (value: number): Operation => ({ type: 'index', value });
const written = (seqNo: number): Outcome => ({ type: 'written', seqNo, version: 1 });
const found = (value: number, seqNo: number): Outcome => ({ type: 'found', value, seqNo });
const get: Operation = { type: 'get' };
const never = Number.POSITIVE_INFINITY;

describe('a history', () => {
  it('in which a read sees the write before it is right', () => {
    expect(isLinearizable([event(0, 1, put(1), written(0)), event(2, 3, get, found(1, 0))])).toBe(true);
  });

  it('in which a read misses a write that was acknowledged before is wrong', () => {
    expect(isLinearizable([event(0, 1, put(1), written(0)), event(2, 3, get, { type: 'absent' })])).toBe(false);
  });

  it('in which a read sees an overwritten value is wrong', () => {
    const writes = [event(0, 1, put(1), written(0)), event(2, 3, put(2), written(1))];
    expect(isLinearizable([...writes, event(4, 5, get, found(1, 0))])).toBe(false);
    expect(isLinearizable([...writes, event(2, 5, get, found(1, 0))])).toBe(true);
  });

  it('in which a value is seen, and then the one before it, is wrong', () => {
    const events = [event(0, 1, put(1), written(0)), event(2, 9, put(2), written(1)), event(3, 4, get, found(2, 1))];
    expect(isLinearizable([...events, event(5, 6, get, found(1, 0))])).toBe(false);
  });

  it('may or may not have a write without an answer', () => {
    const events = [event(0, 1, put(1), written(0)), event(2, never, put(2), { type: 'unknown' })];
    expect(isLinearizable([...events, event(5, 6, get, found(1, 0))])).toBe(true);
    expect(isLinearizable([...events, event(5, 6, get, found(2, 1))])).toBe(true);
    expect(isLinearizable([...events, event(5, 6, get, found(2, 1)), event(7, 8, get, found(1, 0))])).toBe(false);
  });

  it('in which two of the same compare-and-set succeed is wrong', () => {
    const swap = (value: number): Operation => ({ type: 'compare-and-set', value, ifSeqNo: 0 });
    const events = [event(0, 1, put(1), written(0)), event(2, 6, swap(2), written(1))];
    expect(isLinearizable([...events, event(3, 5, swap(3), { type: 'conflict' })])).toBe(true);
    expect(isLinearizable([...events, event(3, 5, swap(3), written(2))])).toBe(false);
  });

  it('in which a document is created twice without a deletion between is wrong', () => {
    const create = (value: number): Operation => ({ type: 'create', value });
    const first = event(0, 1, create(1), written(0));
    expect(isLinearizable([first, event(2, 3, create(2), written(1))])).toBe(false);
    expect(
      isLinearizable([first, event(2, 3, { type: 'delete' }, written(1)), event(4, 5, create(2), written(2))]),
    ).toBe(true);
  });
});
