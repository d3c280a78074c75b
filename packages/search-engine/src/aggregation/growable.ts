import { tooMuchData } from './aggregation-error.ts';

/** Buckets of one aggregation, below all those above: each takes some ten bytes here, and as many more wherever something is kept of it. */
const MAX_BUCKETS_KEPT = 2 ** 24;

/** The array, or a larger one with the same contents, that has an element at `index`. Doubles, so that a run of calls copies little. */
export function grownIntegers(array: Uint32Array, index: number): Uint32Array {
  if (index < array.length) return array;
  const grown = new Uint32Array(Math.max(16, index + 1, array.length * 2));
  grown.set(array);
  return grown;
}

/** As {@link grownIntegers}, of the counters of buckets. Throws `limit-exceeded` (`circuit_breaking_exception`) where they are too many. */
export function grownCounters(array: Uint32Array, bucket: number): Uint32Array {
  if (bucket < MAX_BUCKETS_KEPT) return grownIntegers(array, bucket);
  throw tooMuchData(`data for [<aggregations>] would have more than [${MAX_BUCKETS_KEPT}] buckets below each other`);
}
