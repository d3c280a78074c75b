import { illegalArgument } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { readFieldQuery } from './field-query.ts';
import { checkFuzziness } from './fuzziness.ts';
import { readOptions } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

const kinds = {
  ...commonKinds,
  value: 'value',
  term: 'value',
  fuzziness: 'string',
  prefix_length: 'integer',
  max_expansions: 'integer',
  transpositions: 'boolean',
  rewrite: 'rewrite',
} as const;

/** Values within an edit distance. */
export const parseFuzzy: QueryParser = (body) => {
  const { field, body: inner } = readFieldQuery('fuzzy', body);
  const options = readOptions('fuzzy', isJsonObject(inner) ? inner : { value: inner }, kinds);
  const value = options.value ?? options.term;
  if (value === undefined) throw illegalArgument('query value cannot be null');
  checkFuzziness(options.fuzziness);
  return defined({
    type: 'fuzzy' as const,
    field,
    value,
    fuzziness: options.fuzziness,
    prefixLength: options.prefix_length,
    maxExpansions: options.max_expansions,
    transpositions: options.transpositions,
    ...common(options),
  });
};
