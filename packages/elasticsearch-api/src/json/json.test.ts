import { finish, type Steps } from '@daybook/search-engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as encoding from './encode-json.ts';
import { losesDigits } from './exact-json.ts';
import * as filtering from './filter-path.ts';
import { findDuplicateName } from './find-duplicate-name.ts';
import type { JsonTree } from './json.ts';
import { RawJson } from './raw-json.ts';
import { sameJson } from './same-json.ts';
import { compileSourceFilter, filterSource, wholeSource } from './source-filter.ts';

const encodeJson = (tree: JsonTree): string => finish(encoding.encodeJson(tree)).join('');
const encodePrettyJson = (tree: JsonTree): string => finish(encoding.encodePrettyJson(tree)).join('');
const filterPath = (tree: JsonTree, filters: readonly string[]): JsonTree =>
  finish(filtering.filterPath(tree, filters));

/** The number of steps, and the value at the end. */
function counted<T>(steps: Steps<T>): { readonly count: number; readonly value: T } {
  for (let count = 0; ; count++) {
    const step = steps.next();
    if (step.done === true) return { count, value: step.value };
  }
}

test('a number loses digits exactly if JavaScript writes it otherwise', () => {
  const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0012579'), minLength: 1, maxLength });
  const parts = fc.tuple(
    fc.constantFrom('', '-'),
    digits(18),
    fc.option(digits(18), { nil: '' }),
    fc.constantFrom('', '', '', 'e5', 'E-7', 'e+300'),
  );
  fc.assert(
    fc.property(parts, ([sign, whole, decimals, exponent]) => {
      const number = `${sign}${whole.replace(/^0+(?=.)/, '')}${decimals === '' ? '' : `.${decimals}`}${exponent}`;
      expect([number, losesDigits(`{"n":[${number}]}`)]).toEqual([number, String(Number(number)) !== number]);
    }),
    { numRuns: 3000 },
  );
  for (const number of ['0.000001', '0.0000001', '123456789012345.6', '0.1', '1.10', '1e21', '-0']) {
    expect([number, losesDigits(number)]).toEqual([number, String(Number(number)) !== number]);
  }
});

describe('writing', () => {
  test('what is written is what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(encodeJson(value as JsonTree)).toBe(JSON.stringify(value));
        expect(JSON.parse(encodePrettyJson(value as JsonTree))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('raw text is spliced in, undefined members are left out', () => {
    const raw = new RawJson(Buffer.from('{"n":1.50}'));
    expect(encodeJson({ a: undefined, b: raw, c: [raw, null] })).toBe('{"b":{"n":1.50},"c":[{"n":1.50},null]}');
  });
});

describe('a large answer', () => {
  const treeOf = (source: JsonTree) => {
    const bucket = (key: number) => ({
      key: `bucket ${key}`,
      doc_count: key,
      none: undefined,
      source,
      stats: [1, null],
    });
    const list = Array.from({ length: 10_000 }, (_, at) => bucket(at));
    return {
      took: 1,
      list,
      keyed: Object.fromEntries(list.map((each, at) => [`k"${at}`, each])),
      nested: [[Array.from({ length: 50_000 }, (_, at) => at)], [], {}],
      empty: [],
    };
  };
  const large = treeOf(new RawJson(Buffer.from('{"n":1.5}')));
  const plain = treeOf({ n: 1.5 });

  test('is written in steps, in pieces of the text that JSON.stringify writes', () => {
    const { count, value } = counted(encoding.encodeJson(large));
    expect(count).toBeGreaterThan(10);
    expect(value.length).toBeGreaterThan(4);
    expect(value.every((piece) => piece.length > 0)).toBe(true);
    expect(value.join('') === JSON.stringify(plain)).toBe(true);
  });

  test('is pretty in steps too', () => {
    const { count, value } = counted(encoding.encodePrettyJson(large));
    expect(count).toBeGreaterThan(10);
    const expected = JSON.stringify(plain, null, 2)
      .replaceAll(/^( *"(?:[^"\\]|\\.)*"): /gm, '$1 : ')
      .replaceAll('[]', '[ ]')
      .replaceAll('{}', '{ }');
    expect(value.join('') === `${expected}\n`).toBe(true);
  });

  test('is filtered in steps', () => {
    const { count, value } = counted(filtering.filterPath(large, ['*.doc_count', '**.n', '-keyed']));
    expect(count).toBeGreaterThan(100);
    const kept = plain.list.map(({ doc_count, source }) => ({ doc_count, source }));
    expect(JSON.parse(encodeJson(value))).toEqual({ list: kept });
  });
});

describe('filter_path', () => {
  const tree = { took: 1, hits: { total: 2, hits: [{ _id: 'a', _source: { x: { y: 1 }, z: 2 } }, { _id: 'b' }] } };

  test.each([
    [['took'], { took: 1 }],
    [['hits.hits._id'], { hits: { hits: [{ _id: 'a' }, { _id: 'b' }] } }],
    [['hits.*._source.x'], { hits: { hits: [{ _source: { x: { y: 1 } } }] } }],
    [['**.y'], { hits: { hits: [{ _source: { x: { y: 1 } } }] } }],
    [['t*', 'nope'], { took: 1 }],
    [['-hits'], { took: 1 }],
    [['hits', '-hits.hits._source'], { hits: { total: 2, hits: [{ _id: 'a' }, { _id: 'b' }] } }],
    [['nope'], {}],
  ])('%j keeps %j', (filters, kept) => {
    expect(JSON.parse(encodeJson(filterPath(tree, filters)))).toEqual(kept);
  });

  test('what is left out leads past values that have no members', () => {
    const sources = { labels: ['a', 'b'], n: null, o: { p: 1, q: null }, l: [{ x: 2, y: null }] };
    const answer = filterPath(sources, ['-labels.x', '-n.x', '-o.p', '-l.x']);
    expect(JSON.parse(encodeJson(answer))).toEqual({ ...sources, o: { q: null }, l: [{ y: null }] });
  });

  test('raw sources are reached into', () => {
    const answer = filterPath({ _source: new RawJson(Buffer.from('{"a":1,"b":2}')) }, ['_source.b']);
    expect(encodeJson(answer)).toBe('{"_source":{"b":2}}');
  });
});

describe('filters of sources', () => {
  const source = { a: 1, b: { c: 2, d: { e: 3 } }, list: [{ x: 1, y: 2 }, { y: 3 }], 'dotted.name': 4 };

  test.each([
    [['a'], [], { a: 1 }],
    [['b'], ['b.d'], { b: { c: 2 } }],
    [['b.*'], [], { b: { c: 2, d: { e: 3 } } }],
    [['*.e'], [], { b: { d: { e: 3 } } }],
    [['list.x'], [], { list: [{ x: 1 }] }],
    [[], ['list', 'b'], { a: 1, 'dotted.name': 4 }],
    [['dotted.name'], [], { 'dotted.name': 4 }],
    [['nope'], [], {}],
  ])('includes %j without %j', (includes, excludes, kept) => {
    const filtered = compileSourceFilter({ enabled: true, includes, excludes })(source);
    expect(JSON.parse(JSON.stringify(filtered))).toEqual(kept);
  });

  test('without paths the stored bytes are passed on', () => {
    const bytes = Buffer.from('{ "a" : 1 }');
    expect(filterSource(bytes, wholeSource)?.bytes).toBe(bytes);
  });
});

test('a name that stands twice in one object is found', () => {
  expect(findDuplicateName('{"a":{"b":1},"c":[{"b":2}],"d":"a"}')).toBeUndefined();
  expect(findDuplicateName('{"a":1,"b":{"x":[1,{"y":1,"y":2}]}}')).toBe('y');
  expect(findDuplicateName('{"a\\"":1,"b":"\\\\","a\\u0022":2}')).toBe('a"');
});

test('no duplicate is found in what JSON.stringify writes', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => findDuplicateName(JSON.stringify(value)) === undefined));
});

test('a value is the same JSON as its copy, whatever the order of members', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const copy = JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
      expect(sameJson(Object.fromEntries(Object.entries(copy).reverse()), JSON.parse(JSON.stringify(value)))).toBe(
        true,
      );
    }),
  );
  expect(sameJson({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toBe(false);
  expect(sameJson({ a: undefined }, {})).toBe(false);
  expect(sameJson([], {})).toBe(false);
});
