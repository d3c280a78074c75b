import { describe, expect, test } from 'vitest';
import type { RangeQuery } from '../query/query.ts';
import type { ValueCondition } from './field-type.ts';
import { parseMapping } from './parse-mapping.ts';

const MAPPING = parseMapping({
  properties: {
    d: { type: 'date' },
    d2: { type: 'date', format: 'yyyy-MM-dd HH:mm:ss||yyyy-MM||epoch_second' },
    n: { type: 'long' },
    f: { type: 'float' },
    k: { type: 'keyword' },
    ip: { type: 'ip' },
    b: { type: 'boolean' },
    flat: { type: 'flattened' },
  },
});
const NOW = { nowMs: Date.UTC(2024, 2, 31, 12, 34, 56, 789) };

/** The first and the last whole value that the condition takes. */
function bounds(condition: ValueCondition): readonly [first: unknown, last: unknown] {
  if (condition.type !== 'range') throw new Error(condition.type);
  const { lower, includeLower, upper, includeUpper } = condition;
  return [
    lower === undefined || includeLower ? lower : Math.floor(Number(lower)) + 1,
    upper === undefined || includeUpper ? upper : Math.ceil(Number(upper)) - 1,
  ];
}

describe('bounds of dates go to the begin or the end of what they name', () => {
  // compat: each row is what Elasticsearch 7.10.2 explained for the same range.
  const cases: readonly [
    range: Omit<RangeQuery, 'type' | 'field'> & { field?: string },
    first?: number | undefined,
    last?: number,
  ][] = [
    [{ gte: '2024-01' }, 1704067200000],
    [{ gt: '2024-01' }, 1704153600000],
    [{ lte: '2024-01' }, undefined, 1704153599999],
    [{ lt: '2024-01' }, undefined, 1704067199999],
    [{ lte: '2024' }, undefined, 1704153599999],
    [{ gt: '2024-01-15||/M' }, 1706745600000],
    [{ gte: '2024-01-15||/M' }, 1704067200000],
    [{ lte: '2024-01-15||/M' }, undefined, 1706745599999],
    [{ lt: '2024-01-15||/M' }, undefined, 1704067199999],
    [{ lte: '2024-02-29||+1y' }, undefined, 1740700800000],
    [{ lte: '2024-01-31||+1M/d' }, undefined, 1709251199999],
    [{ gte: '2024-03-31', timeZone: 'Europe/Paris' }, 1711839600000],
    [{ lte: '2024-03-31||/d', timeZone: 'Europe/Paris' }, undefined, 1711922399999],
    [{ gte: '2024-03-31T02:30', timeZone: 'Europe/Paris' }, 1711848600000],
    [{ gte: '2024-10-27T02:30', timeZone: 'Europe/Paris' }, 1729989000000],
    [{ gte: '2024-03-30T02:30||+1d', timeZone: 'Europe/Paris' }, 1711848600000],
    [{ gte: '31/03/2024', format: 'dd/MM/yyyy' }, 1711843200000],
    [{ gte: 1704067200000 }, 1704067200000],
    [{ gte: 2024 }, 1704067200000],
    [{ lte: '2024-01-01T10' }, undefined, 1704106799999],
    [{ lte: '2024-01-01||+1h-5m/h' }, undefined, 1704070799999],
    [{ gte: '2024-01-01||/w' }, 1704067200000],
    [{ field: 'd2', lte: '2024-01' }, undefined, 1704153599999],
    [{ field: 'd2', gte: 1704067200 }, 1704067200000],
    [{ field: 'd2', lte: '2024-01-02 10:00:00' }, undefined, 1704189600999],
    [{ gte: 'now-1d/d', lt: 'now/d' }, Date.UTC(2024, 2, 30), Date.UTC(2024, 2, 31) - 1],
  ];
  test.each(cases)('%j', ({ field = 'd', ...range }, first, last) => {
    const condition = MAPPING.field(field)!.rangeCondition({ type: 'range', field, ...range }, NOW);
    expect(bounds(condition)).toEqual([first, last]);
  });

  test.each([
    ['2024-01-01||*2', 'operator not supported for date math [*2]'],
    ['2024-01-01||+1', 'truncated date math [+1]'],
    ['2024-01-01||/2d', 'rounding `/` can only be used on single unit types [/2d]'],
    ['now-1x', 'unit [x] not supported for date math [-1x]'],
    ['nope', 'failed to parse date field [nope] with format [strict_date_optional_time||epoch_millis]'],
  ])('%s is refused', (gte, message) => {
    expect(() => MAPPING.field('d')!.rangeCondition({ type: 'range', field: 'd', gte }, NOW)).toThrow(message);
  });
});

describe('a value equals', () => {
  const hex = (tail: string): string => `00000000000000000000ffff${tail}`;
  test.each([
    ['n', 5, { type: 'term', value: 5 }],
    ['n', '5', { type: 'term', value: 5 }],
    ['n', 1.5, { type: 'none' }],
    ['f', 0.1, { type: 'term', value: Math.fround(0.1) }],
    ['b', 'true', { type: 'term', value: 1 }],
    ['k', 5, { type: 'term', value: '5' }],
    ['ip', '10.0.0.1', { type: 'term', value: hex('0a000001') }],
    [
      'ip',
      '10.0.0.0/8',
      { type: 'range', lower: hex('0a000000'), includeLower: true, upper: hex('0affffff'), includeUpper: true },
    ],
    ['flat.a.b', 'x', { type: 'term', value: 'a.b\u0000x' }],
  ] as const)('in %s the value %j', (field, value, condition) => {
    expect(MAPPING.field(field)!.termCondition(value, NOW)).toEqual(condition);
  });

  test.each([
    ['n', 'x', 'For input string: "x"'],
    ['b', 'x', "Can't parse boolean value [x], expected [true] or [false]"],
    ['ip', 'x', "'x' is not an IP string literal."],
    ['ip', '10.0.0.0/99', 'Expected [ip/prefix] but was [10.0.0.0/99]'],
  ])('not in %s the value %j', (field, value, message) => {
    expect(() => MAPPING.field(field)!.termCondition(value, NOW)).toThrow(message);
  });
});

test('a range of one key of a flattened field stays within the key', () => {
  const field = MAPPING.field('flat.a')!;
  expect(field.rangeCondition({ type: 'range', field: 'flat.a', gte: 'm' }, NOW)).toEqual({
    type: 'range',
    lower: 'a\u0000m',
    includeLower: true,
    upper: 'a\u0001',
    includeUpper: false,
  });
  expect(field.existsCondition()).toMatchObject({ lower: 'a\u0000', upper: 'a\u0001', includeUpper: false });
});
