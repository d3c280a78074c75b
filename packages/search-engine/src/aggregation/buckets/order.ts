import type { BucketOrder } from '../bucket-order.ts';
import { orderValueAt, unknownAggregation } from '../order-value.ts';
import { type PathElement, parseAggregationPath } from '../pipeline/aggregation-path.ts';
import { resultAtOnce } from '../result-of.ts';
import type { SubAggregators } from '../sub-aggregations.ts';
import { subParts } from '../sub-aggregations.ts';
import type { BucketEntry } from './entry.ts';

type Compare = (a: BucketEntry, b: BucketEntry) => number;

/** A comparison of buckets by the request's order; buckets that it leaves equal are in the order of their keys. */
export function bucketComparison(orders: readonly BucketOrder[], below: SubAggregators): Compare {
  const comparisons = orders.map((order, at) => comparisonOf(order, at, below));
  if (!orders.some(({ path }) => path === '_key')) comparisons.push(compareByKey);
  return (a, b) => {
    for (const compare of comparisons) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function comparisonOf({ path, direction }: BucketOrder, at: number, below: SubAggregators): Compare {
  const sign = direction === 'asc' ? 1 : -1;
  if (path === '_count') return (a, b) => sign * (a.docCount - b.docCount);
  if (path === '_key') return (a, b) => sign * compareByKey(a, b);
  const steps = checkPath(path, below);
  const metricOf = (entry: BucketEntry): number => {
    entry.orderValues ??= [];
    const known = entry.orderValues[at];
    if (known !== undefined) return known;
    const { name } = steps[0]!;
    const result = resultAtOnce(below.get(name)!, subParts(name, entry.parts));
    const value = orderValueAt(result, steps, path);
    entry.orderValues[at] = value;
    return value;
  };
  return (a, b) => compareNumbers(metricOf(a), metricOf(b), sign);
}

/** Buckets without a value come last in either direction. */
function compareNumbers(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * (a === b ? 0 : a < b ? -1 : 1);
}

function compareByKey(a: BucketEntry, b: BucketEntry): number {
  const left = a.key;
  const right = b.key;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareTerms(String(left), String(right));
}

/** By the bytes of UTF-8, in which surrogates come after everything else. */
export function compareTerms(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    const leftSurrogate = (left & 0xf800) === 0xd800;
    const rightSurrogate = (right & 0xf800) === 0xd800;
    return leftSurrogate === rightSurrogate ? left - right : leftSurrogate ? 1 : -1;
  }
  return a.length - b.length;
}

/** The steps of a path, which is tried on what an empty bucket shows. */
function checkPath(path: string, below: SubAggregators): readonly PathElement[] {
  const steps = parseAggregationPath(path);
  const [first] = steps;
  const aggregator = below.get(first!.name);
  if (aggregator === undefined) throw unknownAggregation(first!, path);
  const empty = resultAtOnce(aggregator, []);
  orderValueAt(empty, steps, path);
  return steps;
}
