import { parsingError } from '../errors/errors.ts';
import { defined, tokenOf } from '../json/json.ts';
import type { AggregationParser } from './aggregation-parser.ts';

/** All documents, whatever the query finds. */
export const parseGlobal: AggregationParser = (body, context) => {
  const [value] = Object.values(body);
  if (Object.keys(body).length > 0) {
    throw parsingError(
      `Expected [FIELD_NAME] under a [START_OBJECT], but got a [${tokenOf(value)}] in [${context.name}]`,
    );
  }
  return defined({ type: 'global' as const, aggregations: context.aggregations, meta: context.meta });
};
