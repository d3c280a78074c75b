import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FOREVER } from '../columns/hold.ts';
import { finish } from '../steps/steps.ts';
import { Dictionary } from './dictionary.ts';
import { rangeOfPrefix } from './term-range.ts';
import { UsedTerms } from './used-terms.ts';

test('a term keeps the ordinal that it was first given', () => {
  const terms = fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), { maxLength: 200 });
  fc.assert(
    fc.property(terms, (added) => {
      const dictionary = new Dictionary();
      const known = new Map<string, number>();
      for (const term of added) {
        const ordinal = dictionary.add(term);
        expect(ordinal).toBe(known.get(term) ?? known.size + 1);
        known.set(term, ordinal);
      }
      const thawed = new Dictionary(dictionary.freeze(FOREVER));
      for (const [term, ordinal] of known) {
        expect(dictionary.term(ordinal)).toBe(term);
        expect(thawed.ordinal(term)).toBe(ordinal);
      }
      expect(dictionary.ordinal('no such term, surely')).toBe(0);
    }),
  );
});

test('a term is known by its ordinal if it is the same text, and of long ones always', () => {
  const unit = fc.constantFrom('a', 'b', 'é', '\u00c3', '\u00a9', '\ufffd', '😀');
  const term = fc.oneof(fc.string({ unit, maxLength: 4 }), fc.string({ unit, minLength: 22, maxLength: 40 }));
  fc.assert(
    fc.property(term, term, (first, second) => {
      const dictionary = new Dictionary();
      const ordinal = dictionary.add(first);
      if (dictionary.isKnownTerm(ordinal, second)) expect(second).toBe(first);
      const isSureToBe = first.length > 24 || !/[^a-z]/.test(first);
      if (isSureToBe) expect(dictionary.isKnownTerm(ordinal, first)).toBe(true);
    }),
  );
  const dictionary = new Dictionary();
  expect(dictionary.isKnownTerm(dictionary.add('é'), '\u00c3\u00a9')).toBe(false);
});

test('terms are in the order of their bytes in UTF-8', () => {
  const dictionary = new Dictionary();
  const terms = ['', 'a', 'ab', 'b', 'é', '\uffff', '😀'];
  const ordinals = terms.toReversed().map((term) => dictionary.add(term));
  ordinals.sort((a, b) => dictionary.compare(a, b));
  expect(ordinals.map((ordinal) => dictionary.term(ordinal))).toEqual(terms);
});

test('a hundred thousand terms are found, before and after a restart', () => {
  const dictionary = new Dictionary();
  for (let i = 0; i < 100_000; i++) dictionary.add(`term-${i}`);
  const thawed = new Dictionary(dictionary.freeze(FOREVER));
  for (let i = 0; i < 100_000; i += 97) {
    expect(dictionary.ordinal(`term-${i}`)).toBe(i + 1);
    expect(thawed.ordinal(`term-${i}`)).toBe(i + 1);
  }
});

test('what was frozen does not see later terms', () => {
  const dictionary = new Dictionary();
  dictionary.add('before');
  const frozen = dictionary.freeze(FOREVER);
  dictionary.add('after');
  const thawed = new Dictionary(frozen);
  expect([thawed.size, thawed.ordinal('before'), thawed.ordinal('after')]).toEqual([1, 1, 0]);
});

test('a term of more than 32,766 bytes is refused', () => {
  const dictionary = new Dictionary();
  expect(dictionary.add('x'.repeat(32_766))).toBe(1);
  expect(() => dictionary.add('x'.repeat(32_767))).toThrow('a term has 32767 bytes; the longest allowed is 32766');
  expect(() => dictionary.add('é'.repeat(20_000))).toThrow('a term has 40000 bytes');
});

test('terms that are used are numbered anew in the order in which they are taken', () => {
  const dictionary = new Dictionary();
  for (const term of ['a', 'b', 'c', 'd']) dictionary.add(term);
  const terms = new UsedTerms(dictionary, new Dictionary());
  expect([terms.take(4), terms.take(2)]).toEqual([1, 2]);
  expect([1, 2, 3, 4].map((ordinal) => terms.find(ordinal))).toEqual([0, 2, 0, 1]);
  expect([terms.dictionary.term(1), terms.dictionary.term(2), terms.dictionary.size]).toEqual(['d', 'b', 2]);
});

test('the terms of a range are the same whether they are in order or looked at one by one', () => {
  const unusual = ['', '\u0000', 'a', 'a\u0000', 'aa', 'é', '\uffff', '😀', 'job-'];
  const terms = [...unusual, ...Array.from({ length: 140_000 }, (_, i) => `job-${(i * 7919) % 140_009}-${i % 3}`)];
  const large = new Dictionary();
  const small = new Dictionary();
  for (const term of terms) large.add(term);
  for (const term of terms.slice(0, 60_000)) small.add(term);
  const bytes = terms.map((term) => Buffer.from(term));

  const bound = fc.option(fc.oneof(fc.constantFrom(...terms.slice(0, 200)), fc.string({ maxLength: 8 })), {
    nil: undefined,
  });
  fc.assert(
    fc.property(bound, bound, (first, second) => {
      const from = first === undefined ? undefined : Buffer.from(first);
      const before = second === undefined ? undefined : Buffer.from(second);
      const isInRange = (term: Buffer): boolean =>
        (from === undefined || term.compare(from) >= 0) && (before === undefined || term.compare(before) < 0);
      for (const dictionary of [large, small]) {
        const found: number[] = [];
        finish(
          dictionary.visitTerms(
            { part: Buffer.alloc(0), range: { from, before } },
            (ordinal, { block, start, end }) => {
              if (isInRange(block.subarray(start, end))) found.push(ordinal);
            },
          ),
        );
        const expected = bytes.slice(0, dictionary.size).flatMap((term, at) => (isInRange(term) ? [at + 1] : []));
        expect(found.sort((a, b) => a - b)).toEqual(expected);
      }
    }),
    { numRuns: 20 },
  );
});

test('each term of a prefix is found once while the dictionary grows', () => {
  const dictionary = new Dictionary();
  const prefix = Buffer.from('job-1');
  const expected: number[] = [];
  for (let n = 0; n < 75_000; n++) {
    const term = `job-${(n * 7919) % 75_011}`;
    const ordinal = dictionary.add(term);
    if (term.startsWith('job-1')) expected.push(ordinal);
    if (n % 2500 !== 0) continue;
    const found: number[] = [];
    const visit = dictionary.visitTerms(
      { part: prefix, range: rangeOfPrefix(prefix) },
      (ordinal, { block, start, end }) => {
        if (block.toString('utf8', start, end).startsWith('job-1')) found.push(ordinal);
      },
    );
    finish(visit);
    expect(found.sort((a, b) => a - b)).toEqual(expected);
  }
});

test('a prefix has its range', () => {
  expect(rangeOfPrefix(Buffer.from('ab'))).toEqual({ from: Buffer.from('ab'), before: Uint8Array.from([97, 99]) });
  expect(rangeOfPrefix(Buffer.from([97, 255]))).toEqual({
    from: Buffer.from([97, 255]),
    before: Uint8Array.from([98]),
  });
  expect(rangeOfPrefix(Buffer.from([255]))).toEqual({ from: Buffer.from([255]) });
});

test.each([100, 40_000])(
  'what was frozen of %i terms stays as it was, and a dictionary made of it finds and adds all',
  (count) => {
    const terms = Array.from({ length: count }, (_, n) => `term ${n}`);
    const original = new Dictionary();
    for (const term of terms) original.add(term);
    const frozen = original.freeze(FOREVER);
    const later = Array.from({ length: count }, (_, n) => `later ${n}`);
    for (const term of later) original.add(term);
    const { table, ...rest } = frozen;
    expect(table).toBeDefined();
    for (const dictionary of [new Dictionary(structuredClone(frozen)), new Dictionary(rest)]) {
      expect(dictionary.size).toBe(count);
      for (const [n, term] of terms.entries()) expect(dictionary.ordinal(term)).toBe(n + 1);
      expect(dictionary.ordinal(later[0]!)).toBe(0);
      for (const [n, term] of later.entries()) expect(dictionary.add(term)).toBe(count + n + 1);
      expect(dictionary.ordinal(terms.at(-1)!)).toBe(count);
    }
    expect(original.ordinal(later.at(-1)!)).toBe(2 * count);
  },
);
