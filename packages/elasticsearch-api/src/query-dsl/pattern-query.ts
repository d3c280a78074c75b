import type { Query } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { readFieldQuery } from './field-query.ts';
import { readOptions } from './option-readers.ts';
import { regexpOperatorsOf, regexpOperatorsOfBits } from './regexp-flags.ts';

/** What only a regular expression takes. */
interface RegexpParameters {
  readonly flags?: string;
  readonly flags_value?: number;
  readonly max_determinized_states?: number;
}

const commonPatternKinds = {
  ...commonKinds,
  value: 'string',
  rewrite: 'rewrite',
  case_insensitive: 'boolean',
} as const;

const kinds = {
  prefix: commonPatternKinds,
  wildcard: { ...commonPatternKinds, wildcard: 'string' },
  regexp: { ...commonPatternKinds, flags: 'string', flags_value: 'integer', max_determinized_states: 'integer' },
} as const;

/** Reads `prefix`, `wildcard` and `regexp`, which differ in the names of their options alone. */
export function parsePatternQuery(type: 'prefix' | 'wildcard' | 'regexp', body: unknown): Query {
  const { field, body: inner } = readFieldQuery(type, body);
  const options = readOptions(type, isJsonObject(inner) ? inner : { value: inner }, kinds[type]);
  // compat: of the two names of a wildcard's value the old one counts.
  const value = (options as { readonly wildcard?: string }).wildcard ?? options.value;
  if (typeof value !== 'string') throw illegalArgument('value cannot be null');
  const { flags, flags_value: bits, max_determinized_states: maxDeterminizedStates } = options as RegexpParameters;
  const operators = bits === undefined ? regexpOperatorsOf(flags) : regexpOperatorsOfBits(bits);
  return defined({
    type,
    field,
    value,
    caseInsensitive: options.case_insensitive,
    operators,
    maxDeterminizedStates,
    ...common(options),
  });
}
