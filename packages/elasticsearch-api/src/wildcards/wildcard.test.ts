import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternsOverlap } from './patterns-overlap.ts';
import { matchesPattern } from './wildcard.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });

test('a pattern matches what its regular expression matches', () => {
  fc.assert(
    fc.property(pattern, name, (p, n) => {
      expect(matchesPattern(p, n)).toBe(new RegExp(`^${p.replaceAll('*', '.*')}$`).test(n));
    }),
  );
});

test('patterns that match a common name overlap', () => {
  fc.assert(
    fc.property(pattern, pattern, name, (p, q, n) => {
      if (matchesPattern(p, n) && matchesPattern(q, n)) expect(patternsOverlap(p, q)).toBe(true);
    }),
  );
  expect(patternsOverlap('logs-*', '*-a')).toBe(true);
  expect(patternsOverlap('logs-*', 'metrics-*')).toBe(false);
  expect(patternsOverlap('a*b', 'a')).toBe(false);
});
