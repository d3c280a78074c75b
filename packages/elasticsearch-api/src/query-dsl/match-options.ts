import type { MatchOptions } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { defined } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { checkFuzziness } from './fuzziness.ts';
import type { Options } from './option-readers.ts';

/** The options of the match family, as kinds; each query takes a part of them. */
export const matchKinds: {
  readonly boost: 'number';
  readonly _name: 'string';
  readonly query: 'value';
  readonly operator: 'string';
  readonly minimum_should_match: 'string';
  readonly analyzer: 'string';
  readonly fuzziness: 'string';
  readonly prefix_length: 'integer';
  readonly max_expansions: 'integer';
  readonly fuzzy_transpositions: 'boolean';
  readonly slop: 'integer';
  readonly lenient: 'boolean';
  readonly zero_terms_query: 'string';
} = {
  ...commonKinds,
  query: 'value',
  operator: 'string',
  minimum_should_match: 'string',
  analyzer: 'string',
  fuzziness: 'string',
  prefix_length: 'integer',
  max_expansions: 'integer',
  fuzzy_transpositions: 'boolean',
  slop: 'integer',
  lenient: 'boolean',
  zero_terms_query: 'string',
};

/** Turns what was read by (a part of) {@link matchKinds} into the engine's options. */
export function toMatchOptions(
  options: Partial<Options<typeof matchKinds & { readonly cutoff_frequency: 'number' }>>,
  noText = 'No text specified for text query',
): MatchOptions {
  if (options.query === undefined) throw parsingError(noText);
  if (options.slop !== undefined && options.slop < 0) throw illegalArgument('No negative slop allowed.');
  checkFuzziness(options.fuzziness);
  return defined({
    query: options.query,
    operator: toOperator(options.operator),
    minimumShouldMatch: options.minimum_should_match,
    analyzer: options.analyzer,
    fuzziness: options.fuzziness,
    prefixLength: options.prefix_length,
    maxExpansions: options.max_expansions,
    transpositions: options.fuzzy_transpositions,
    slop: options.slop,
    lenient: options.lenient,
    cutoffFrequency: options.cutoff_frequency,
    zeroTermsQuery: toZeroTermsQuery(options.zero_terms_query),
    ...common({ boost: options.boost, _name: options._name }),
  });
}

/** Reads `and` and `or` in either case; undefined stays so. */
export function toOperator(text: string | undefined): 'and' | 'or' | undefined {
  const lower = text?.toLowerCase();
  if (lower === undefined || lower === 'and' || lower === 'or') return lower;
  throw illegalArgument(`No enum constant org.elasticsearch.index.query.Operator.${text?.toUpperCase()}`);
}

function toZeroTermsQuery(text: string | undefined): 'none' | 'all' | undefined {
  const lower = text?.toLowerCase();
  if (lower === undefined || lower === 'none' || lower === 'all') return lower;
  throw parsingError(`Unsupported zero_terms_query value [${text}]`);
}
