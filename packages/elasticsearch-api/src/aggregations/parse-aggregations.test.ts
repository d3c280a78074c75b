import { describe, expect, test } from 'vitest';
import { queryContext } from '../query-dsl/parse-query.ts';
import { parseSearchBody } from '../search/parse-search-body.ts';
import { parseAggregations } from './parse-aggregations.ts';

const parse = (definition: unknown): unknown =>
  parseAggregations({ a: definition }, { query: queryContext(), parseSearch: parseSearchBody }).a;
const byKey = [{ path: '_key', direction: 'asc' }];

describe('aggregations of the wire', () => {
  test.each<[unknown, unknown]>([
    [
      { terms: { field: 'k' } },
      {
        type: 'terms',
        field: 'k',
        size: 10,
        minDocCount: 1,
        order: [{ path: '_count', direction: 'desc' }, ...byKey],
        aggregations: {},
      },
    ],
    [
      { terms: { field: 'k', order: { 'm.avg': 'desc' }, include: 'a.*', size: 3 }, meta: { x: 1 } },
      {
        type: 'terms',
        field: 'k',
        size: 3,
        minDocCount: 1,
        order: [{ path: 'm.avg', direction: 'desc' }, ...byKey],
        include: 'a.*',
        aggregations: {},
        meta: { x: 1 },
      },
    ],
    [
      { date_histogram: { field: 'd', calendar_interval: '1M', time_zone: 'Europe/Berlin', offset: '+6h' } },
      {
        type: 'dateHistogram',
        field: 'd',
        calendarInterval: 'month',
        timeZone: 'Europe/Berlin',
        offsetMs: 21_600_000,
        minDocCount: 0,
        order: byKey,
        keyed: false,
        aggregations: {},
      },
    ],
    [
      { date_histogram: { field: 'd', interval: '90m', extended_bounds: { min: 'now-1d', max: 5 } } },
      {
        type: 'dateHistogram',
        field: 'd',
        fixedIntervalMs: 5_400_000,
        offsetMs: 0,
        minDocCount: 0,
        order: byKey,
        extendedBounds: { min: 'now-1d', max: 5 },
        keyed: false,
        aggregations: {},
      },
    ],
    [
      { filters: { filters: { x: { match_all: {} } }, other_bucket_key: 'rest' } },
      {
        type: 'filters',
        filters: [{ key: 'x', filter: { type: 'matchAll' } }],
        keyed: true,
        otherBucketKey: 'rest',
        aggregations: {},
      },
    ],
    [
      { range: { field: 'n', ranges: [{ to: 1 }, { key: 'k', from: 1 }] } },
      { type: 'range', field: 'n', ranges: [{ to: 1 }, { key: 'k', from: 1 }], keyed: false, aggregations: {} },
    ],
    [
      { percentiles: { field: 'n', percents: [99, 50] } },
      { type: 'percentiles', field: 'n', percents: [50, 99], keyed: true },
    ],
    [{ extended_stats: { field: 'n' } }, { type: 'extendedStats', field: 'n', sigma: 2 }],
    [
      { missing: { field: 'k' }, aggs: { m: { max: { field: 'n' } } } },
      { type: 'missing', field: 'k', aggregations: { m: { type: 'max', field: 'n' } } },
    ],
  ])('%j is read with its defaults', (wire, aggregation) => {
    expect(parse(wire)).toEqual(aggregation);
  });

  // compat: the texts were read from Elasticsearch 7.10.2.
  test.each<[unknown, string]>([
    [{ foo: {} }, 'Unknown aggregation type [foo]'],
    [{ temrs: {} }, 'Unknown aggregation type [temrs] did you mean [terms]?'],
    [{}, 'Missing definition for aggregation [a]'],
    [
      { terms: { field: 'k' }, avg: { field: 'n' } },
      'Found two aggregation type definitions in [a]: [terms] and [avg]',
    ],
    [{ terms: { field: 'k', foo: 1 } }, '[terms] unknown field [foo]'],
    [{ terms: {} }, 'Required one of fields [field, script], but none were specified. '],
    [{ terms: { field: 'k', size: 0 } }, '[terms] failed to parse field [size]'],
    [{ terms: { field: 'k', order: { _count: 'up' } } }, '[terms] failed to parse field [order]'],
    [
      { date_histogram: { field: 'd', calendar_interval: '2d' } },
      '[date_histogram] failed to parse field [calendar_interval]',
    ],
    [
      { date_histogram: { field: 'd', fixed_interval: '1M' } },
      '[date_histogram] failed to parse field [fixed_interval]',
    ],
    [{ histogram: { field: 'n', interval: 0 } }, '[histogram] failed to parse field [interval]'],
    [{ filters: {} }, '[filters] cannot be empty.'],
    [
      { min: { field: 'n' }, aggs: { b: { min: { field: 'n' } } } },
      'Aggregator [a] of type [min] cannot accept sub-aggregations',
    ],
    [{ terms: 1 }, 'Expected [START_OBJECT] under [terms], but got a [VALUE_NUMBER] in [a]'],
    [{ moving_fn: {} }, 'aggregation [moving_fn] is not supported by this server'],
    [1, 'Aggregation definition for [a starts with a [VALUE_NUMBER], expected a [START_OBJECT].'],
  ])('%j is refused', (wire, reason) => {
    expect(() => parse(wire)).toThrow(reason);
  });

  test('names keep clear of the characters of paths', () => {
    expect(() => parseAggregations({ 'a>b': {} }, { query: queryContext(), parseSearch: parseSearchBody })).toThrow(
      'Invalid aggregation name [a>b].',
    );
  });
});
