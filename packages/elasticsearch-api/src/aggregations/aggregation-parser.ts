import type { Aggregation, Aggregations, Query } from '@daybook/search-engine';
import { contentParseError, illegalArgument, unsupported } from '../errors/errors.ts';
import type { JsonObject } from '../json/json.ts';
import { type OptionKinds, type Options, readOptions } from '../query-dsl/option-readers.ts';

/** What one aggregation's body is parsed with. */
export interface AggregationContext {
  /** The aggregation's name in the request. */
  readonly name: string;
  readonly aggregations: Aggregations;
  readonly meta: unknown;
  parseFilter(value: unknown): Query;
}

/** Parses the body that stands under one aggregation type's name. */
export type AggregationParser = (body: JsonObject, context: AggregationContext) => Aggregation;

/** Reads the options of an aggregation; an unknown one is refused with Elasticsearch's message. */
export function readAggregationOptions<const K extends OptionKinds>(
  type: string,
  body: JsonObject,
  kinds: K,
): Options<K> {
  if (body.script !== undefined) throw unsupported(`[script] in an aggregation [${type}]`);
  return readOptions(type, body, kinds, (name) => contentParseError(`[${type}] unknown field [${name}]`));
}

/** The complaint about one option's value. */
export function badOption(type: string, option: string, message: string): Error {
  return contentParseError(`[${type}] failed to parse field [${option}]`, illegalArgument(message));
}

/** The field, or Elasticsearch's complaint about a missing one. */
export function requireField(field: string | undefined): string {
  if (field !== undefined && field !== '') return field;
  throw illegalArgument('Required one of fields [field, script], but none were specified. ');
}

/** Options that aggregations over a field share. `value_type` and `script` are not among them: the mapping says the type. */
export const fieldKinds: { readonly field: 'string'; readonly missing: 'value'; readonly format: 'string' } = {
  field: 'string',
  missing: 'value',
  format: 'string',
};
