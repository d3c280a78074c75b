import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codePoints, editDistance } from './levenshtein.ts';
import { compileRegexp } from './regexp.ts';
import { compileWildcard, longestLiteral } from './wildcard.ts';

function wildcardMatches(pattern: string, text: string, isCaseInsensitive = false): boolean {
  const block = Buffer.from(text);
  return compileWildcard(pattern, isCaseInsensitive)({ block, start: 0, end: block.length });
}

test.each([
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a*c', 'abbc', true],
  ['a*c', 'abbd', false],
  ['*b*', 'abc', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['?', 'é', true],
  ['*?', '😀', true],
  ['??', '😀', false],
  ['a\\*c', 'a*c', true],
  ['a\\*c', 'abc', false],
  ['*a*b*c', 'xxaxxbxxbxxc', true],
])('the wildcard %s on %s: %s', (pattern, text, expected) => {
  expect(wildcardMatches(pattern, text)).toBe(expected);
});

test('a wildcard matches as the regular expression made from it does', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'é', '😀', '*', '?'), { maxLength: 8 });
  const text = fc.array(fc.constantFrom('a', 'b', 'é', '😀'), { maxLength: 10 });
  fc.assert(
    fc.property(letters, text, (pattern, word) => {
      const expected = new RegExp(`^${pattern.join('').replaceAll('*', '.*').replaceAll('?', '.')}$`, 'u');
      expect(wildcardMatches(pattern.join(''), word.join(''))).toBe(expected.test(word.join('')));
    }),
  );
});

test('a wildcard may leave the case of letters out of account', () => {
  expect(wildcardMatches('FAIL*', 'failed', true)).toBe(true);
  expect(wildcardMatches('FAIL*', 'failed')).toBe(false);
});

test.each([
  ['abc', 'abc', true],
  ['abc', 'abcd', false],
  ['a|bc', 'bc', true],
  ['(a|b)*c', 'ababc', true],
  ['a{2,3}', 'aaa', true],
  ['a{2,3}', 'aaaa', false],
  ['a{2,}', 'aaaaa', true],
  ['[a-c]+', 'abcabc', true],
  ['[^a-c]', 'd', true],
  ['[^a-c]', 'b', false],
  ['a.c', 'a😀c', true],
  ['~(a.*)', 'bcd', true],
  ['~(a.*)', 'abc', false],
  ['.*a.*&.*b.*', 'xbxax', true],
  ['.*a.*&.*b.*', 'xbx', false],
  ['job-<1-20>', 'job-7', true],
  ['job-<1-20>', 'job-21', false],
  ['job-<01-20>', 'job-7', false],
  ['job-<01-20>', 'job-07', true],
  ['job-<1-20>', 'job-007', true],
  ['a{3,2}', 'aaa', false],
  ['a||', '|', true],
  [')', ')', true],
  ['"a.b"', 'a.b', true],
  ['"a.b"', 'axb', false],
  ['a\\.b', 'axb', false],
  ['@', 'anything', true],
  ['#', '', false],
  ['()', '', true],
  ['', '', true],
])('the regular expression %s on %s: %s', (pattern, text, expected) => {
  expect(compileRegexp(pattern, false)(text)).toBe(expected);
});

test('a regular expression that would send others back and forth is answered at once', () => {
  expect(compileRegexp('(a*)*b', false)('a'.repeat(5000))).toBe(false);
  expect(compileRegexp('(a|aa)+$', false)('a'.repeat(5000))).toBe(false);
});

test.each([
  ['(a', "expected ')' at position 2"],
  ['[a', "expected ']' at position 2"],
  ['a{', 'integer expected at position 2'],
  ['a{1,', "expected '}' at position 4"],
  ['(){20001}', 'the regular expression needs more than 20000 states'],
  ['a|', 'unexpected end-of-string'],
  ['<1', "expected '>' at position 2"],
  ['<1-2-3>', 'interval syntax error at position 6'],
  ['<1-2147483648>', 'interval syntax error at position 13'],
  ['<name>', "'name' not found"],
  ['"a', "expected '\"' at position 2"],
  ['[b-a]', 'invalid range: from (98) cannot be > to (97)'],
  ['a)', 'end-of-string expected at position 1'],
  ['('.repeat(500), 'it is nested more than 200 deep'],
])('the wrong regular expression %s is refused', (pattern, message) => {
  expect(() => compileRegexp(pattern, false)).toThrow(message);
});

test.each([
  ['disk', 'disk', 0],
  ['disk', 'dsik', 1],
  ['disk', 'dis', 1],
  ['disk', 'desks', 2],
  ['disk', 'worker', undefined],
])('from %s to %s it is %s edits', (from, to, expected) => {
  expect(editDistance(codePoints(from), codePoints(to), 2, true)).toBe(expected);
});

test('edits are those of the whole table of distances', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 1, max: 2 }), fc.boolean(), (from, to, maxEdits, hasTranspositions) => {
      const edits = wholeTable(from, to, hasTranspositions);
      const expected = edits > maxEdits ? undefined : edits;
      expect(editDistance(codePoints(from), codePoints(to), maxEdits, hasTranspositions)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

function wholeTable(from: string, to: string, hasTranspositions: boolean): number {
  const table = Array.from({ length: from.length + 1 }, (_, i) =>
    Array.from({ length: to.length + 1 }, (_, j) => i + j),
  );
  for (let i = 1; i <= from.length; i++) {
    for (let j = 1; j <= to.length; j++) {
      const replaced = table[i - 1]![j - 1]! + Number(from[i - 1] !== to[j - 1]);
      table[i]![j] = Math.min(replaced, table[i - 1]![j]! + 1, table[i]![j - 1]! + 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (hasTranspositions && isSwap) table[i]![j] = Math.min(table[i]![j]!, table[i - 2]![j - 2]! + 1);
    }
  }
  return table[from.length]![to.length]!;
}

test('without transpositions a swap is two edits', () => {
  expect(editDistance(codePoints('disk'), codePoints('dsik'), 2, false)).toBe(2);
});

test.each([
  ['abc', 'abc'],
  ['*abc*', 'abc'],
  ['a*bcd?e', 'bcd'],
  ['*a\\*b*', 'a*b'],
  ['*?*', ''],
  ['ü*', 'ü'],
])('whatever %s matches contains %s', (pattern, literal) => {
  expect(longestLiteral(pattern)).toBe(literal);
});

test('an interval holds the numbers between its bounds', () => {
  const bound = fc.integer({ min: 0, max: 3000 });
  fc.assert(
    fc.property(bound, bound, bound, (one, other, number) => {
      const isBetween = number >= Math.min(one, other) && number <= Math.max(one, other);
      expect(compileRegexp(`<${one}-0000${other}>`, false)(String(number))).toBe(isBetween);
      const [padded, last, text] = [one, other, number].map((each) => String(each).padStart(4, '0'));
      expect(compileRegexp(`<${padded}-${last}>`, false)(text!)).toBe(isBetween);
    }),
  );
});
