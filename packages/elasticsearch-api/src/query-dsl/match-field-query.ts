import type { Query } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject } from '../json/json.ts';
import { readFieldQuery } from './field-query.ts';
import { toMatchOptions } from './match-options.ts';
import { type OptionKinds, readOptions, refuseNulls } from './option-readers.ts';

/** Reads a query of the match family that names one field, in its short or its long form. */
export function parseMatchFieldQuery(
  name: string,
  type: 'match' | 'matchPhrase' | 'matchPhrasePrefix' | 'matchBoolPrefix',
  body: unknown,
  kinds: OptionKinds,
): Query {
  const noText = (): Error => parsingError('No text specified for text query');
  const { field, body: inner } = readFieldQuery(name, body, noText);
  if (Array.isArray(inner)) throw illegalArgument(`[${name}] query takes one text for [${field}], found an array`);
  if (isJsonObject(inner)) refuseNulls(name, inner);
  const options = readOptions(name, isJsonObject(inner) ? inner : { query: inner }, kinds);
  const match = toMatchOptions(options);
  const { prefixLength = 0, maxExpansions = 1 } = match;
  if (type === 'matchPhrase' || type === 'matchPhrasePrefix') {
    if (maxExpansions < 0) throw illegalArgument('No negative maxExpansions allowed.');
  } else {
    if (prefixLength < 0) throw illegalArgument(`[${name}] requires prefix length to be non-negative.`);
    if (maxExpansions <= 0) throw illegalArgument(`[${name}] requires maxExpansions to be positive.`);
  }
  return { type, field, ...match };
}
