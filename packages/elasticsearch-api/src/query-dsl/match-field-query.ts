import type { Query } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { isJsonObject } from '../json/json.ts';
import { readFieldQuery } from './field-query.ts';
import { toMatchOptions } from './match-options.ts';
import { type OptionKinds, readOptions } from './option-readers.ts';

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
  const options = readOptions(name, isJsonObject(inner) ? inner : { query: inner }, kinds);
  return { type, field, ...toMatchOptions(options) };
}
