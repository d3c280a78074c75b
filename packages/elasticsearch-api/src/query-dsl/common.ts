import type { TermGroupOptions } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { readFieldQuery } from './field-query.ts';
import { toOperator } from './match-options.ts';
import { readOptions } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

const DEFAULT_CUTOFF_FREQUENCY = 0.01;

const kinds = {
  ...commonKinds,
  query: 'value',
  analyzer: 'string',
  disable_coord: 'ignored',
  cutoff_frequency: 'number',
  low_freq_operator: 'string',
  high_freq_operator: 'string',
  minimum_should_match: 'any',
} as const;

/** Analysed words, of which those in many documents only count for the score. */
export const parseCommon: QueryParser = (body) => {
  const { field, body: inner } = readFieldQuery('common', body);
  const options = readOptions('common', isJsonObject(inner) ? inner : { query: inner }, kinds);
  if (options.query === undefined) throw illegalArgument('text cannot be null');
  const minimum = readMinimum(options.minimum_should_match);
  return defined({
    type: 'commonTerms' as const,
    field,
    query: String(options.query),
    analyzer: options.analyzer,
    cutoffFrequency: options.cutoff_frequency ?? DEFAULT_CUTOFF_FREQUENCY,
    lowFrequency: groupOf(options.low_freq_operator, minimum.low_freq),
    highFrequency: groupOf(options.high_freq_operator, minimum.high_freq),
    ...common(options),
  });
};

function groupOf(operator: string | undefined, minimumShouldMatch: string | undefined): TermGroupOptions {
  return defined({ operator: toOperator(operator) ?? 'or', minimumShouldMatch });
}

/** One that stands alone is that of the rare words. */
function readMinimum(value: unknown): {
  readonly low_freq?: string | undefined;
  readonly high_freq?: string | undefined;
} {
  if (value === undefined) return {};
  if (!isJsonObject(value)) return readOptions('common', { low_freq: value }, { low_freq: 'string' });
  return readOptions('common', value, { low_freq: 'string', high_freq: 'string' }, (name) =>
    parsingError(`[common] query does not support [${name}] for [minimum_should_match]`),
  );
}
