import { isDaybookError } from '@daybook/errors';
import type { Query } from '@daybook/search-engine';
import { contentParseError, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject, tokenOf } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { checkTokens, readOptions } from './option-readers.ts';
import { parseNested, type QueryContext, type QueryParser } from './query-context.ts';

const kinds = {
  ...commonKinds,
  must: 'any',
  filter: 'any',
  should: 'any',
  must_not: 'any',
  mustNot: 'any',
  minimum_should_match: 'any',
  adjust_pure_negative: 'boolean',
} as const;

const tokenKinds = { ...commonKinds, adjust_pure_negative: 'boolean' } as const;

/** Clauses that must, may or must not hold; each kind is one query or a list. */
export const parseBool: QueryParser = (body, context) => {
  checkTokens('bool', requireObject('bool', body), tokenKinds);
  const options = readOptions('bool', requireObject('bool', body), kinds, (name) =>
    contentParseError(`[bool] unknown field [${name}]`),
  );
  const must = parseClauses('must', options.must, context);
  const filter = parseClauses('filter', options.filter, context);
  const should = parseClauses('should', options.should, context);
  const mustNot = parseClauses('must_not', options.must_not ?? options.mustNot, context);
  if (
    options.adjust_pure_negative === false &&
    mustNot.length > 0 &&
    must.length + filter.length + should.length === 0
  ) {
    return { type: 'matchNone', ...common(options) };
  }
  return defined({
    type: 'bool' as const,
    must,
    filter,
    should,
    mustNot,
    minimumShouldMatch: readMinimum(options.minimum_should_match),
    ...common(options),
  });
};

/** One query, or a list of them. */
function parseClauses(occur: string, given: unknown, context: QueryContext): readonly Query[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) && !isJsonObject(given)) {
    throw contentParseError(`[bool] ${occur} doesn't support values of type: ${tokenOf(given)}`);
  }
  return (Array.isArray(given) ? given : [given]).map((clause) => {
    try {
      if (!isJsonObject(clause)) throw parsingError('[_na] query malformed, must start with start_object');
      return parseNested(clause, context);
    } catch (error) {
      if (!isDaybookError(error)) throw error;
      throw contentParseError(`[bool] failed to parse field [${occur}]`, error);
    }
  });
}

function readMinimum(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string' || typeof given === 'number') return String(given);
  throw contentParseError(`[bool] minimum_should_match doesn't support values of type: ${tokenOf(given)}`);
}
