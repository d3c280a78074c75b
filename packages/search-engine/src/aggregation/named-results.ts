import type { AggregationResult } from './aggregation.ts';

/** Results by the names of a request: nothing is inherited. V8 keeps such objects small and fast to read, unlike those of `Object.create(null)`. */
export const NamedResults = function NamedResults() {} as unknown as new () => Record<string, AggregationResult>;
NamedResults.prototype = Object.create(null);

/** Of a bucket with nothing below it. */
export const NO_RESULTS: Readonly<Record<string, AggregationResult>> = Object.freeze(new NamedResults());
