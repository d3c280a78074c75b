import { describe, expect, test } from 'vitest';
import { matchedAliases, missingAliases } from './alias-expression.ts';

const aliases = ['a1', 'a2', 'b1', 'b2'];

describe('an expression of aliases', () => {
  test.each([
    ['a*', ['a1', 'a2']],
    ['b2,a*,-a1', ['a2', 'b2']],
    ['a1,b1,-a*', ['b1']],
    ['-a1,a*', ['a1', 'a2']],
    ['_all,-b1', ['a1', 'a2', 'b2']],
    ['none', []],
  ])('%s matches %j', (expression, expected) => {
    expect(matchedAliases(expression.split(','), aliases)).toEqual(expected);
  });

  test.each([
    ['c,a1,b9', ['b9', 'c']],
    ['a*,-none', []],
    ['-a1,a*', ['-a1']],
    ['a9,-a*', []],
    ['_all,none*', []],
  ])('of %s, %j are missing', (expression, expected) => {
    const parts = expression.split(',');
    expect(missingAliases(parts, new Set(matchedAliases(parts, aliases)))).toEqual(expected);
  });
});
