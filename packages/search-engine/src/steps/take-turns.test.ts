import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Steps } from './steps.ts';
import { TakeTurns } from './take-turns.ts';

let nowMs = 0;
const turns = new TakeTurns(() => nowMs);

/** So many steps of four milliseconds. */
function* lasting(steps: number): Steps<string> {
  for (let step = 0; step < steps; step++) {
    nowMs += 4;
    yield;
  }
  return 'done';
}

test('what is short is done before anything else runs', async () => {
  let isElsewhere = false;
  setImmediate(() => {
    isElsewhere = true;
  });
  expect(await turns.run(lasting(2), () => expect.unreachable('it was suspended'))).toBe('done');
  expect(isElsewhere).toBe(false);
});

test('what is long is told once that it is suspended, and of several one goes on in each turn', async () => {
  let suspended = 0;
  let running = 3;
  const all = Array.from({ length: running }, async () => {
    await turns.run(lasting(30), () => {
      suspended++;
      return undefined;
    });
    running--;
  });
  let turnsTaken = 0;
  for (; running > 0; turnsTaken++) {
    const before = nowMs;
    await nextTurn();
    expect(nowMs - before).toBeLessThanOrEqual(12);
  }
  await Promise.all(all);
  expect(suspended).toBe(3);
  // Three of 120 ms, of which each spends 12 ms in a turn and the first turn at once.
  expect(turnsTaken).toBeGreaterThanOrEqual(3 * 9);
});

test('what comes to run in one turn of the event loop shares its time', async () => {
  await nextTurn();
  const before = nowMs;
  const runs = Array.from({ length: 4 }, () => turns.run(lasting(30), () => undefined));
  expect(nowMs - before).toBe(12 + 3 * 4);
  await Promise.all(runs);
});

test('what is cancelled ends in its next turn, and gives back what it has borrowed', async () => {
  const cancellation = new AbortController();
  let isGivenBack = false;
  function* borrowing(): Steps<string> {
    try {
      return yield* lasting(1000);
    } finally {
      isGivenBack = true;
    }
  }
  const before = nowMs;
  const run = turns.run(borrowing(), () => cancellation.signal);
  cancellation.abort();
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  expect(isGivenBack).toBe(true);
  expect(nowMs - before).toBeLessThan(100);
});

test('an error in a later turn is that of the run', async () => {
  function* failing(): Steps<never> {
    yield* lasting(30);
    throw new Error('no such field');
  }
  await expect(turns.run(failing(), () => undefined)).rejects.toThrow('no such field');
});
