import { defined } from '../../json/json.ts';
import { parseSort } from '../../search/parse-sort.ts';
import { type AggregationParser, badOption, readAggregationOptions } from '../aggregation-parser.ts';
import { readGapPolicy, refuseBelow } from './pipeline-options.ts';

/** Orders and cuts the buckets around it. */
export const parseBucketSort: AggregationParser = (body, context) => {
  refuseBelow('bucket_sort', context);
  const kinds = { sort: 'any', from: 'integer', size: 'integer', gap_policy: 'string' } as const;
  const options = readAggregationOptions('bucket_sort', body, kinds);
  const { from = 0, size } = options;
  if (from < 0) throw badOption('bucket_sort', 'from', `[from] must be a non-negative integer: [${from}]`);
  if (size !== undefined && size <= 0) {
    throw badOption('bucket_sort', 'size', `[size] must be a positive integer: [${size}]`);
  }
  return defined({
    type: 'bucketSort' as const,
    order:
      options.sort === undefined
        ? []
        : parseSort(options.sort).map(({ field, direction }) => ({ path: field, direction })),
    from,
    size,
    gapPolicy: readGapPolicy('bucket_sort', options.gap_policy),
    meta: context.meta,
  });
};
