import type { Query } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { readFieldQuery } from './field-query.ts';
import { readOptions } from './option-readers.ts';

/** Reads `prefix`, `wildcard` and `regexp`, which differ in the names of their options alone. */
export function parsePatternQuery(type: 'prefix' | 'wildcard' | 'regexp', body: unknown): Query {
  const { field, body: inner } = readFieldQuery(type, body);
  const options = readOptions(type, isJsonObject(inner) ? inner : { value: inner }, {
    ...commonKinds,
    value: 'string',
    [type]: 'string',
    rewrite: 'ignored',
    case_insensitive: 'boolean',
    ...(type === 'regexp'
      ? ({ flags: 'ignored', flags_value: 'ignored', max_determinized_states: 'ignored' } as const)
      : {}),
  });
  const value = options.value ?? (options as Record<string, unknown>)[type];
  if (typeof value !== 'string') throw illegalArgument('value cannot be null');
  return defined({ type, field, value, caseInsensitive: options.case_insensitive, ...common(options) });
}
