import { isDaybookError } from '@daybook/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BitSet } from '../columns/bit-set.ts';
import type { DocSet } from '../columns/doc-set.ts';
import type { DocReader, NumericChunk, OrdinalChunk } from '../columns/doc-values.ts';
import { SortedDocs } from '../columns/sorted-docs.ts';
import type { JsonObject } from '../mapping/json.ts';
import { parseDocument } from '../mapping/parse-document.ts';
import { parseMapping } from '../mapping/parse-mapping.ts';
import type { Query } from '../query/query.ts';
import type { HitSource } from '../search/hit-source.ts';
import { finish } from '../steps/steps.ts';
import type { Aggregation, AggregationResult, AggregationResults, TermsAggregation } from './aggregation.ts';
import type { SearchedIndex } from './aggregator.ts';
import { collectAggregations } from './collect-aggregations.ts';

const MAPPING: JsonObject = {
  properties: {
    k: { type: 'keyword' },
    n: { type: 'long' },
    f: { type: 'double' },
    d: { type: 'date' },
    b: { type: 'boolean' },
    ip: { type: 'ip' },
    t: { type: 'text' },
    hidden: { type: 'keyword', doc_values: false },
  },
};

const DOCUMENTS: readonly JsonObject[] = [
  { k: 'a', n: 1, f: 1.5, d: '2024-01-01T10:00:00Z', b: true, ip: '10.0.0.1' },
  { k: ['a', 'b'], n: [2, 2, 7], f: 2.5, d: '2024-01-01T23:30:00Z', b: false, ip: '10.0.0.2' },
  { k: 'c', n: 5, f: -1, d: '2024-03-31T00:30:00Z', b: true },
  { n: 8, d: '2024-03-31T01:30:00Z' },
  { k: 'b', n: 11, f: 10.25, d: '2024-04-02T00:00:00Z', b: true, ip: '::1' },
];

function docSet(docs: readonly number[]): DocSet {
  return SortedDocs.fromUnsorted(Uint32Array.from(docs));
}

/** Aggregations that answer hits are tested over a whole engine. */
const NO_HITS: HitSource = {
  sortSources: () => [],
  score: () => Number.NaN,
  fetcher: () => expect.fail('no aggregation here answers hits'),
  hit: () => expect.fail('no aggregation here answers hits'),
  ofAllDocs: () => NO_HITS,
};

/** An index of these documents, all in one chunk; `matches` are those that the query found. */
function indexOf(documents: readonly JsonObject[], matches?: readonly number[]): SearchedIndex {
  const mapping = parseMapping(MAPPING);
  const parsed = documents.map((source) => parseDocument(mapping, { id: '1', source }).values);
  const columns = new Map<string, (string | number | bigint)[][]>();
  for (const path of Object.keys(MAPPING.properties as JsonObject)) {
    const values = parsed.map((document) => [...((document.get(path)?.values ?? []) as (string | number)[])]);
    if (values.some((list) => list.length > 0)) columns.set(path, values);
  }
  const all = documents.map((_, doc) => doc);
  const reader: DocReader = {
    docValues(path) {
      const lists = columns.get(path);
      if (lists === undefined) return undefined;
      if (lists.some((list) => list.some((value) => typeof value === 'string')))
        return ordinalValues(lists as string[][]);
      const numbers = (lists as number[][]).map((list) => list.sort((a, b) => a - b));
      return { type: 'numeric', chunk: () => numericChunk(numbers) };
    },
    liveDocs: () => docSet(all),
    *findMatchingDocs(query: Query) {
      if (query.type !== 'term') throw new Error(query.type);
      return docSet(all.filter((doc) => parsed[doc]!.get(query.field)?.values.includes(query.value as never)));
    },
  };
  return { mapping, reader, matches: docSet(matches ?? all), hits: NO_HITS };
}

function numericChunk(lists: readonly number[][]): NumericChunk {
  if (lists.every((list) => list.length <= 1)) {
    return { single: true, values: Float64Array.from(lists, ([value]) => value ?? Number.NaN) };
  }
  return { single: false, ...starts(lists), values: Float64Array.from(lists.flat()) };
}

function starts(lists: readonly (readonly unknown[])[]): { starts: Uint32Array; counts: Uint32Array } {
  let next = 0;
  const at = lists.map((list) => {
    next += list.length;
    return next - list.length;
  });
  return { starts: Uint32Array.from(at), counts: Uint32Array.from(lists, (list) => list.length) };
}

function ordinalValues(lists: readonly string[][]): ReturnType<DocReader['docValues']> {
  const terms = [...new Set(lists.flat())];
  const ordinals = lists.map((list) => [...new Set(list)].map((term) => terms.indexOf(term) + 1));
  const chunk: OrdinalChunk = ordinals.every((list) => list.length <= 1)
    ? { single: true, ordinals: Uint8Array.from(ordinals, ([ordinal]) => ordinal ?? 0) }
    : { single: false, ...starts(ordinals), ordinals: Uint16Array.from(ordinals.flat()) };
  return {
    type: 'ordinal',
    dictionary: {
      size: terms.length,
      term: (ordinal) => terms[ordinal - 1]!,
      ordinal: (term) => terms.indexOf(term) + 1,
      compare: (first, second) => Buffer.compare(Buffer.from(terms[first - 1]!), Buffer.from(terms[second - 1]!)),
    },
    chunk: () => chunk,
    docCount: (ordinal) => ordinals.filter((list) => list.includes(ordinal)).length,
    requestPostings: () => ({
      docs: (ordinal) => docSet([...ordinals.keys()].filter((doc) => ordinals[doc]!.includes(ordinal))),
    }),
  };
}

function run(aggregation: Aggregation, indices: readonly SearchedIndex[] = [indexOf(DOCUMENTS)]): AggregationResult {
  return finish(collectAggregations({ x: aggregation }, indices, { nowMs: 0 })).x!;
}

const terms = (field: string, more: Partial<TermsAggregation> = {}): TermsAggregation => ({
  type: 'terms',
  field,
  size: 10,
  minDocCount: 1,
  order: [{ path: '_count', direction: 'desc' }],
  ...more,
});

const dates = (more: Partial<Aggregation & { type: 'dateHistogram' }> = {}): Aggregation => ({
  type: 'dateHistogram',
  field: 'd',
  offsetMs: 0,
  minDocCount: 0,
  order: [{ path: '_key', direction: 'asc' }],
  keyed: false,
  ...more,
});

const numbers = (more: Partial<Aggregation & { type: 'histogram' }>): Aggregation => ({
  type: 'histogram',
  field: 'f',
  interval: 5,
  offset: 0,
  minDocCount: 0,
  order: [{ path: '_key', direction: 'asc' }],
  keyed: false,
  ...more,
});

/** Buckets as `key=count`, with the text of the key where there is one. */
function shown(result: AggregationResult): string {
  if (result.type !== 'buckets') throw new Error(result.type);
  return result.buckets.map(({ key, keyAsString, docCount }) => `${keyAsString ?? key}=${docCount}`).join(' ');
}

describe('buckets are those of the real product', () => {
  // compat: each row is what Elasticsearch 7.10.2 answers for the same documents.
  const max = { m: { type: 'max', field: 'n' } } as const;
  const stats = { s: { type: 'stats', field: 'f' } } as const;
  const day = '2024-01-01T00:00:00.000';
  const cases: readonly [name: string, aggregation: Aggregation, expected: string][] = [
    ['terms', terms('k'), 'a=2 b=2 c=1'],
    ['terms of numbers', terms('n'), '1=1 2=1 5=1 7=1 8=1 11=1'],
    ['terms of booleans', terms('b'), 'true=3 false=1'],
    ['terms of dates', terms('d', { size: 1 }), '2024-01-01T10:00:00.000Z=1'],
    ['terms of addresses', terms('ip'), '::1=1 10.0.0.1=1 10.0.0.2=1'],
    ['terms of nothing', terms('nope'), ''],
    ['a missing value of nothing', terms('nope', { missing: 'z' }), 'z=5'],
    [
      'a missing value',
      terms('k', { missing: 'zz', order: [{ path: '_key', direction: 'desc' }] }),
      'zz=1 c=1 b=2 a=2',
    ],
    ['a missing value that exists', terms('k', { missing: 'c' }), 'a=2 b=2 c=2'],
    ['order by a metric', terms('k', { order: [{ path: 'm', direction: 'desc' }], aggregations: max }), 'b=2 a=2 c=1'],
    [
      'order by a stat',
      terms('k', { order: [{ path: 's.avg', direction: 'asc' }], aggregations: stats }),
      'c=1 a=2 b=2',
    ],
    ['include by pattern', terms('k', { minDocCount: 0, include: '[ab].*' }), 'a=2 b=2'],
    ['a missing value that nobody needs', terms('k', { missing: 'zz', minDocCount: 0, include: ['zz'] }), 'zz=1'],
    ['exclude by value', terms('k', { exclude: ['a'] }), 'b=2 c=1'],
    ['include numbers', terms('n', { include: [1, 2] }), '1=1 2=1'],
    ['formatted numbers', terms('n', { size: 2, format: '0.00' }), '1.00=1 2.00=1'],
    ['months', dates({ calendarInterval: 'month', format: 'yyyy-MM' }), '2024-01=2 2024-02=0 2024-03=2 2024-04=1'],
    [
      'days by the clock of Paris',
      dates({ calendarInterval: 'day', timeZone: 'Europe/Paris', minDocCount: 1 }),
      `${day}+01:00=1 2024-01-02T00:00:00.000+01:00=1 2024-03-31T00:00:00.000+01:00=2 2024-04-02T00:00:00.000+02:00=1`,
    ],
    [
      'thirty days with an offset',
      dates({ fixedIntervalMs: 30 * 86_400_000, offsetMs: 3_600_000, format: 'yyyy-MM-dd HH' }),
      '2023-12-19 01=2 2024-01-18 01=0 2024-02-17 01=0 2024-03-18 01=3',
    ],
    [
      'extended bounds',
      dates({ calendarInterval: 'month', format: 'yyyy-MM', extendedBounds: { min: '2023-12', max: '2024-05' } }),
      '2023-12=0 2024-01=2 2024-02=0 2024-03=2 2024-04=1 2024-05=0',
    ],
    [
      'extended bounds with an offset',
      dates({
        fixedIntervalMs: 60 * 86_400_000,
        offsetMs: 3_600_000,
        format: 'yyyy-MM-dd HH',
        extendedBounds: { min: '2023-12-20 00', max: '2024-01-01 00' },
      }),
      '2023-11-19 01=2 2024-01-18 01=0 2024-03-18 01=3',
    ],
    [
      'hard bounds',
      dates({ calendarInterval: 'month', format: 'yyyy-MM', hardBounds: { min: '2024-02' } }),
      '2024-03=2 2024-04=1',
    ],
    [
      'quarters backwards',
      dates({ calendarInterval: 'quarter', format: 'yyyy-MM', order: [{ path: '_key', direction: 'desc' }] }),
      '2024-04=1 2024-01=4',
    ],
    ['dates of nothing', dates({ field: 'nope', calendarInterval: 'month' }), ''],
    ['numbers', numbers({}), '-5=1 0=2 5=0 10=1'],
    ['numbers with an offset', numbers({ field: 'n', offset: 2, minDocCount: 1 }), '-3=1 2=2 7=3'],
    [
      'overlapping ranges',
      {
        type: 'range',
        field: 'n',
        keyed: false,
        ranges: [{ to: 5 }, { from: 5, to: 10 }, { from: 2, to: 8 }, { from: 10 }],
      },
      '*-5.0=2 2.0-8.0=2 5.0-10.0=3 10.0-*=1',
    ],
    [
      'ranges of dates',
      { type: 'dateRange', field: 'd', keyed: false, ranges: [{ to: '2024-02-01' }, { from: '2024-02-11||/M' }] },
      '*-2024-02-01T00:00:00.000Z=2 2024-02-01T00:00:00.000Z-*=3',
    ],
    [
      'ranges of dates by a clock',
      {
        type: 'dateRange',
        field: 'd',
        format: 'yyyy-MM',
        timeZone: '+02:00',
        keyed: false,
        ranges: [{ from: '2024-01', to: '2024-04' }],
      },
      '2024-01-2024-04=4',
    ],
    [
      'filters with the rest',
      {
        type: 'filters',
        keyed: true,
        otherBucketKey: 'o',
        filters: [
          { key: 'p', filter: { type: 'term', field: 'k', value: 'a' } },
          { key: 'q', filter: { type: 'term', field: 'k', value: 'b' } },
        ],
      },
      'p=2 q=2 o=2',
    ],
  ];
  test.each(cases)('%s', (_, aggregation, expected) => {
    expect(shown(run(aggregation))).toBe(expected);
  });

  test('what is not shown of terms is counted', () => {
    expect(run(terms('k', { size: 1 }))).toMatchObject({ kind: 'string', sumOtherDocCount: 3 });
  });

  test('terms that no document found have are shown when asked for', () => {
    const index = indexOf(DOCUMENTS, [0, 2]);
    expect(shown(run(terms('k', { minDocCount: 0 }), [index]))).toBe('a=1 c=1 b=0');
    expect(shown(run(terms('n', { minDocCount: 0, size: 3 }), [index]))).toBe('1=1 5=1 2=0');
  });

  test('below a bucket without documents there are none, though the query found every document', () => {
    const none: Query = { type: 'term', field: 'k', value: 'nobody has it' };
    const result = run({ type: 'filter', filter: none, aggregations: { k: terms('k') } });
    if (result.type !== 'single') throw new Error(result.type);
    expect([result.docCount, shown(result.aggregations.k!)]).toEqual([0, '']);
  });

  test('single buckets count and hold what is below them', () => {
    const index = indexOf(DOCUMENTS, [0, 3]);
    const below = { aggregations: { m: { type: 'max', field: 'n' } } } as const;
    const single = (aggregation: Aggregation): unknown => {
      const result = run(aggregation, [index]);
      if (result.type !== 'single') throw new Error(result.type);
      const metric = result.aggregations.m;
      return [result.docCount, metric?.type === 'metric' ? metric.value : undefined];
    };
    expect(single({ type: 'missing', field: 'k', ...below })).toEqual([1, 8]);
    expect(single({ type: 'global', ...below })).toEqual([5, 11]);
    expect(single({ type: 'filter', filter: { type: 'term', field: 'k', value: 'a' }, ...below })).toEqual([1, 1]);
  });
});

describe('metrics are those of the real product', () => {
  // compat: each row is what Elasticsearch 7.10.2 answers for the same documents.
  const cases: readonly [aggregation: Aggregation, expected: object][] = [
    [
      { type: 'min', field: 'd' },
      { value: 1704103200000, valueAsString: '2024-01-01T10:00:00.000Z' },
    ],
    [
      { type: 'min', field: 'b' },
      { value: 0, valueAsString: 'false' },
    ],
    [
      { type: 'sum', field: 'd' },
      { value: 8543964600000, valueAsString: '2240-09-30T11:30:00.000Z' },
    ],
    [
      { type: 'avg', field: 'f', format: '0.00' },
      { value: 3.3125, valueAsString: '3.31' },
    ],
    [{ type: 'avg', field: 'nope' }, { value: null }],
    [{ type: 'sum', field: 'nope' }, { value: 0 }],
    [{ type: 'sum', field: 'f', missing: 2 }, { value: 15.25 }],
    [
      { type: 'stats', field: 'f' },
      { count: 4, min: -1, max: 10.25, avg: 3.3125, sum: 13.25 },
    ],
    [
      { type: 'stats', field: 'nope' },
      { count: 0, min: null, max: null, avg: null, sum: 0 },
    ],
    [{ type: 'extendedStats', field: 'f' }, { extended: { sumOfSquares: 114.5625, upper: 11.719156588680187 } }],
    [{ type: 'cardinality', field: 'k' }, { value: 3 }],
    [{ type: 'cardinality', field: 'k', missing: 'z' }, { value: 4 }],
    [{ type: 'cardinality', field: 'n' }, { value: 6 }],
    [{ type: 'valueCount', field: 'n' }, { value: 7 }],
    [{ type: 'valueCount', field: 'k' }, { value: 5 }],
  ];
  test.each(cases)('%j', (aggregation, expected) => {
    expect(run(aggregation)).toMatchObject(expected);
  });

  test.each([
    ['f', [0, 10, 20, 25, 50, 75, 90, 100], [-1, -1, -0.2499999999999999, 0.25, 2, 6.375, 10.25, 10.25]],
    ['n', undefined, [1, 1, 2, 5, 7.75, 11, 11]],
  ] as const)('percentiles of %s', (field, percents, expected) => {
    const result = run({ type: 'percentiles', field, ...(percents === undefined ? {} : { percents }) });
    if (result.type !== 'percentiles') throw new Error(result.type);
    expect(result.values).toEqual(expected);
  });
});

describe('what cannot be served is refused by name', () => {
  const cases: readonly [aggregation: Aggregation, message: string][] = [
    [terms('t'), 'Text fields are not optimised for operations that require per-document field data'],
    [terms('hidden'), "Can't load fielddata on [hidden] because fielddata is unsupported on fields of type [keyword]."],
    [{ type: 'avg', field: 'k' }, 'Field [k] of type [keyword] is not supported for aggregation [avg]'],
    [
      dates({ field: 'k', calendarInterval: 'day' }),
      'Field [k] of type [keyword] is not supported for aggregation [date_histogram]',
    ],
    [
      terms('k', { order: [{ path: 'nope', direction: 'asc' }] }),
      'Invalid aggregation order path [nope]. The provided aggregation [nope] either does not exist, or is a pipeline aggregation',
    ],
    [{ type: 'percentiles', field: 'n', percents: [101] }, 'percent must be in [0,100], got [101]'],
    [terms('k', { aggregations: { g: { type: 'global' } } }), 'Aggregation [g] cannot have a global sub-aggregation'],
    [numbers({ interval: 0 }), 'interval must be positive, got: 0.0'],
  ];
  test.each(cases)('%j', (aggregation, message) => {
    expect(() => run(aggregation)).toThrow(message);
  });

  test('too many buckets are refused before they are made', () => {
    try {
      run(dates({ fixedIntervalMs: 1 }));
    } catch (error) {
      expect(isDaybookError(error, 'limit-exceeded')).toBe(true);
      expect((error as Error).message).toContain('Must be less than or equal to: [65535] but was [65536].');
      return;
    }
    throw new Error('the buckets were made');
  });
});

describe('aggregations within aggregations', () => {
  const NESTED: Aggregation = dates({
    calendarInterval: 'month',
    format: 'yyyy-MM',
    aggregations: {
      status: terms('k', { missing: 'none', aggregations: { n: { type: 'sum', field: 'n' } } }),
      n: { type: 'max', field: 'n' },
    },
  });

  test('count what fell into the bucket above', () => {
    const result = run(NESTED);
    if (result.type !== 'buckets') throw new Error(result.type);
    const lines = result.buckets.map(({ keyAsString, aggregations: { status, n } }) => {
      if (n?.type !== 'metric') throw new Error(n?.type);
      return `${keyAsString}: ${shown(status!)} max ${n.value}`;
    });
    expect(lines).toEqual([
      '2024-01: a=2 b=1 max 7',
      '2024-02:  max null',
      '2024-03: c=1 none=1 max 8',
      '2024-04: b=1 max 11',
    ]);
  });

  const document = fc.record({
    k: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
    n: fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 3 }),
    d: fc
      .date({ min: new Date('2024-01-01'), max: new Date('2024-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  });
  const ALL: Record<string, Aggregation> = {
    months: NESTED,
    k: terms('k', { aggregations: { n: terms('n'), d: dates({ calendarInterval: 'quarter' }) } }),
    n: terms('n', { size: 50, aggregations: { k: { type: 'cardinality', field: 'k' } } }),
    histogram: numbers({
      field: 'n',
      interval: 7,
      aggregations: { k: terms('k'), c: { type: 'valueCount', field: 'k' } },
    }),
    percentiles: { type: 'percentiles', field: 'n' },
    stats: { type: 'extendedStats', field: 'n' },
  };

  test('the result does not depend on how documents are spread over indices', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(document, fc.nat(2)), { maxLength: 30 }), (spread) => {
        const documents = spread.map(([one]) => one as JsonObject);
        const together = finish(collectAggregations(ALL, [indexOf(documents)], { nowMs: 0 }));
        const parts = [0, 1, 2].map((index) =>
          indexOf(spread.filter(([, at]) => at === index).map(([one]) => one as JsonObject)),
        );
        expect(plain(finish(collectAggregations(ALL, parts, { nowMs: 0 })))).toEqual(plain(together));
      }),
    );
  });

  test.each([SortedDocs, BitSet])('terms of some of the documents count as a plain loop does: %o', (form) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(document, fc.boolean()), { maxLength: 200 }), (documents) => {
        const found = [...documents.keys()].filter((doc) => documents[doc]![1]);
        const bits = BitSet.forDocs(documents.length);
        bits.unite(docSet(found));
        const index = indexOf(documents.map(([each]) => each as JsonObject));
        const result = run(terms('k'), [{ ...index, matches: form === BitSet ? bits : docSet(found) }]);
        if (result.type !== 'buckets') throw new Error(result.type);
        const counts = new Map<string, number>();
        for (const doc of found) {
          for (const term of new Set(documents[doc]![0].k)) counts.set(term, (counts.get(term) ?? 0) + 1);
        }
        expect(new Map(result.buckets.map(({ key, docCount }) => [key, docCount]))).toEqual(counts);
      }),
    );
  });

  test('terms below terms count as a plain loop does', () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 40 }), (documents) => {
        const counts = new Map<string, number>();
        for (const { k, n } of documents) {
          for (const term of new Set(k)) {
            for (const number of new Set(n)) {
              const pair = `${term} ${number}`;
              counts.set(pair, (counts.get(pair) ?? 0) + 1);
            }
          }
        }
        const result = run(terms('k', { aggregations: { n: terms('n', { size: 100 }) } }), [
          indexOf(documents as JsonObject[]),
        ]);
        if (result.type !== 'buckets') throw new Error(result.type);
        const found = result.buckets.flatMap(({ key, aggregations: { n } }) =>
          n?.type === 'buckets'
            ? n.buckets.map((inner): [string, number] => [`${key} ${inner.key}`, inner.docCount])
            : [],
        );
        expect(new Map(found)).toEqual(counts);
      }),
    );
  });
});

/** Without functions, which are never equal. */
function plain(results: AggregationResults): unknown {
  return JSON.parse(JSON.stringify(results));
}
