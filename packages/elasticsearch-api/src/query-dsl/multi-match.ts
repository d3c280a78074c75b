import type { MultiMatchType } from '@daybook/search-engine';
import { illegalArgument, numberFormatError, parseError, parsingError } from '../errors/errors.ts';
import { defined } from '../json/json.ts';
import { requireObject } from './field-query.ts';
import { matchKinds, toMatchOptions } from './match-options.ts';
import { readOptions, refuseNulls } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

const types: ReadonlyMap<string, MultiMatchType> = new Map(
  (['best_fields', 'most_fields', 'cross_fields', 'phrase', 'phrase_prefix', 'bool_prefix'] as const).map((type) => [
    type,
    type,
  ]),
);

const kinds = {
  ...matchKinds,
  fields: 'strings',
  type: 'string',
  tie_breaker: 'number',
  fuzzy_rewrite: 'rewrite',
  cutoff_frequency: 'number',
  auto_generate_synonyms_phrase_query: 'boolean',
} as const;

/** Without fields, all fields that can be searched are meant. */
export const parseMultiMatch: QueryParser = (body) => {
  refuseNulls('multi_match', requireObject('multi_match', body));
  const options = readOptions('multi_match', requireObject('multi_match', body), kinds);
  const matchType = toMultiMatchType('multi_match', options.type) ?? 'best_fields';
  if (matchType === 'bool_prefix') {
    if (options.slop !== undefined && options.slop !== 0) throw notAllowed('slop');
    if (options.cutoff_frequency !== undefined) throw notAllowed('cutoff_frequency');
  }
  if ((options.prefix_length ?? 0) < 0) throw illegalArgument('No negative prefix length allowed.');
  if ((options.max_expansions ?? 1) <= 0) throw illegalArgument('Max expansions must be strictly great than zero.');
  return defined({
    type: 'multiMatch' as const,
    fields: checkFieldBoosts(options.fields ?? []),
    matchType,
    tieBreaker: checkTieBreaker(options.tie_breaker),
    ...toMatchOptions(options, 'No text specified for multi_match query'),
  });
};

function notAllowed(option: string): Error {
  return parsingError(`[${option}] not allowed for type [bool_prefix]`);
}

/** How much of the scores of other clauses counts: a part. */
export function checkTieBreaker(tieBreaker: number | undefined): number | undefined {
  if (tieBreaker === undefined || (tieBreaker >= 0 && tieBreaker <= 1)) return tieBreaker;
  throw illegalArgument('tieBreakerMultiplier must be in [0, 1]');
}

/** The engine's name of a match type; undefined stays so. */
export function toMultiMatchType(query: string, name: string | undefined): MultiMatchType | undefined {
  if (name === undefined) return undefined;
  const type = types.get(name.toLowerCase());
  if (type === undefined) throw parseError(`failed to parse [${query}] query type [${name}]. unknown type.`);
  return type;
}

/** Fields as `name` or `name^boost`. */
export function checkFieldBoosts(fields: readonly string[]): readonly string[] {
  for (const field of fields) {
    const boost = /\^(.*)$/.exec(field)?.[1];
    if (boost !== undefined && (boost === '' || !Number.isFinite(Number(boost)))) throw numberFormatError(boost);
  }
  return fields;
}
