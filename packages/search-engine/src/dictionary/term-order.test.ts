import { expect, test } from 'vitest';
import { Dictionary } from './dictionary.ts';
import { TermOrder } from './term-order.ts';

test('a large dictionary is put in order with a look at few terms in each step', () => {
  const dictionary = new Dictionary();
  for (let n = 0; n < 70_000; n++) dictionary.add(`job-${(n * 7919) % 70_001}`);
  let located = 0;
  const order = new TermOrder((ordinal) => {
    located++;
    return dictionary.locate(ordinal);
  });
  const steps = order.extend(dictionary.size);
  let most = 0;
  while (steps.next().done !== true) {
    most = Math.max(most, located);
    located = 0;
  }
  expect(order.size).toBe(69_632);
  expect(most).toBeLessThan(32_768);
});
