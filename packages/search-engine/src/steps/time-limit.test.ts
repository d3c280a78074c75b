import { expect, test } from 'vitest';
import { finish, type Steps } from './steps.ts';
import { TimeLimit } from './time-limit.ts';

let nowMs = 0;

/** So many steps of a millisecond. */
function* lasting(steps: number): Steps<string> {
  for (let step = 0; step < steps; step++) {
    nowMs++;
    yield;
  }
  return 'done';
}

function limited(timeoutMs?: number): TimeLimit {
  return new TimeLimit(timeoutMs, () => nowMs);
}

test.each([undefined, -1])('a limit of %s is none', (timeoutMs) => {
  const limit = limited(timeoutMs);
  expect(finish(limit.within(lasting(10_000)))).toBe('done');
  expect([limit.isOver, limit.wasMet]).toEqual([false, false]);
});

test('what is done by then is done, and what is not is left', () => {
  const limit = limited(10);
  expect(finish(limit.within(lasting(5)))).toBe('done');
  expect(limit.wasMet).toBe(false);
  const before = nowMs;
  expect(finish(limit.within(lasting(1000)))).toBeUndefined();
  expect([limit.wasMet, nowMs - before]).toEqual([true, 6]);
});

test('what takes one step is done though the time is over', () => {
  const limit = limited(0);
  nowMs++;
  expect(finish(limit.within(lasting(0)))).toBe('done');
  expect(limit.wasMet).toBe(false);
});
