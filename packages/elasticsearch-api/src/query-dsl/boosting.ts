import { parsingError } from '../errors/errors.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { readOptions } from './option-readers.ts';
import { parseNested, type QueryParser } from './query-context.ts';

const kinds = {
  ...commonKinds,
  positive: 'any',
  negative: 'any',
  negative_boost: 'number',
} as const;

/** What `positive` finds, with a lower score where `negative` finds it too. */
export const parseBoosting: QueryParser = (body, context) => {
  const options = readOptions('boosting', requireObject('boosting', body), kinds);
  if (options.positive === undefined) throw parsingError("[boosting] query requires 'positive' query to be set'");
  if (options.negative === undefined) throw parsingError("[boosting] query requires 'negative' query to be set'");
  if (options.negative_boost === undefined || options.negative_boost < 0) {
    throw parsingError("[boosting] query requires 'negative_boost' to be set to be a positive value'");
  }
  return {
    type: 'boosting',
    positive: parseNested(options.positive, context),
    negative: parseNested(options.negative, context),
    negativeBoost: options.negative_boost,
    ...common(options),
  };
};
