import { defined } from '../json/json.ts';
import {
  type AggregationParser,
  badOption,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';
import { readExclude, readInclude } from './terms.ts';

const MOST = 100;
const LEAST_PRECISION = 0.00001;

const kinds = {
  ...fieldKinds,
  max_doc_count: 'long',
  include: 'objectsOrString',
  exclude: 'objectsOrString',
  precision: 'number',
  value_type: 'string',
} as const;

/** The values that few documents have. */
export const parseRareTerms: AggregationParser = (body, context) => {
  const options = readAggregationOptions('rare_terms', body, kinds, context.name);
  const maxDocCount = options.max_doc_count ?? 1;
  if (maxDocCount <= 0) {
    throw badOption(
      'rare_terms',
      'max_doc_count',
      `[max_doc_count] must be greater than 0. Found [${maxDocCount}] in [${context.name}]`,
    );
  }
  // compat: two words of the message stand together.
  if (maxDocCount > MOST) {
    throw badOption('rare_terms', 'max_doc_count', `[max_doc_count] must be smallerthan ${MOST}in [${context.name}]`);
  }
  if (options.precision !== undefined && options.precision < LEAST_PRECISION) {
    throw badOption('rare_terms', 'precision', '[precision] must be greater than 0.00001');
  }
  return defined({
    type: 'terms' as const,
    field: requireField(options.field),
    size: Number.MAX_SAFE_INTEGER,
    minDocCount: 1,
    maxDocCount,
    order: [
      { path: '_count', direction: 'asc' as const },
      { path: '_key', direction: 'asc' as const },
    ],
    missing: options.missing,
    include: readInclude('rare_terms', options.include),
    exclude: readExclude('rare_terms', options.exclude),
    format: options.format,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};
