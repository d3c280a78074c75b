import { contentParseError, illegalArgument } from '../../errors/errors.ts';
import { defined } from '../../json/json.ts';
import { parseSort } from '../../search/parse-sort.ts';
import { type AggregationParser, readAggregationOptions } from '../aggregation-parser.ts';
import { readGapPolicy, refuseBelow } from './pipeline-options.ts';

/** Orders and cuts the buckets around it. */
export const parseBucketSort: AggregationParser = (body, context) => {
  refuseBelow(context);
  const kinds = { sort: 'any', from: 'integer', size: 'integer', gap_policy: 'string' } as const;
  const options = readAggregationOptions('bucket_sort', body, kinds);
  const { from = 0, size } = options;
  if (from < 0) throw badNumber('from', `[from] must be a non-negative integer: [${from}]`);
  if (size !== undefined && size <= 0) {
    throw badNumber('size', `[size] must be a positive integer: [${size}]`);
  }
  return defined({
    type: 'bucketSort' as const,
    order:
      options.sort === undefined
        ? []
        : parseSort(options.sort).map(({ field, direction }) => ({ path: field, direction })),
    from,
    size,
    gapPolicy: readGapPolicy(options.gap_policy),
    meta: context.meta,
  });
};

function badNumber(option: string, message: string): Error {
  const cause = contentParseError(`[bucket_sort] failed to parse field [${option}]`, illegalArgument(message));
  return contentParseError('failed to build [bucket_sort] after last required field arrived', cause);
}
