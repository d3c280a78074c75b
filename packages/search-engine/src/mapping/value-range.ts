import type { QueryValue, RangeQuery } from '../query/query.ts';
import type { ValueCondition } from './field-type.ts';

/** The range with each bound converted to a string. */
export function stringRange(range: RangeQuery, convert: (bound: QueryValue) => string): ValueCondition {
  return convertedRange(range, convert);
}

/** The range with each bound converted to a number. */
export function numberRange(range: RangeQuery, convert: (bound: QueryValue) => number): ValueCondition {
  return convertedRange(range, convert);
}

function convertedRange<T extends string | number>(
  range: RangeQuery,
  convert: (bound: QueryValue) => T,
): ValueCondition {
  const lower = range.gte ?? range.gt;
  const upper = range.lte ?? range.lt;
  return {
    type: 'range',
    ...(lower === undefined ? {} : { lower: convert(lower) }),
    includeLower: range.gte !== undefined || range.gt === undefined,
    ...(upper === undefined ? {} : { upper: convert(upper) }),
    includeUpper: range.lte !== undefined || range.lt === undefined,
  };
}
