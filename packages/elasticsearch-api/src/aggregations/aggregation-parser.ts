import { DaybookError } from '@daybook/errors';
import type { Aggregation, Aggregations, Query } from '@daybook/search-engine';
import { contentParseError, illegalArgument, unsupported } from '../errors/errors.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { type OptionKinds, type Options, unsupportedToken } from '../query-dsl/option-readers.ts';
import { readContent } from '../search/read-content.ts';
import type { SearchSpecification } from '../search/search-specification.ts';

/** What one aggregation's body is parsed with. */
export interface AggregationContext {
  /** The aggregation's name in the request. */
  readonly name: string;
  readonly aggregations: Aggregations;
  readonly meta: unknown;
  parseFilter(value: unknown): Query;
  /** Parses what chooses, orders and shows hits, as the body of a search states it. */
  parseSearch(body: JsonObject): SearchSpecification;
}

/** Parses the body that stands under one aggregation type's name. */
export type AggregationParser = (body: JsonObject, context: AggregationContext) => Aggregation;

/** Reads the options of an aggregation, called `name`, as any content is read. */
export function readAggregationOptions<const K extends OptionKinds>(
  type: string,
  body: JsonObject,
  kinds: K,
  name: string = type,
): Options<K> {
  if (Object.hasOwn(body, 'script')) throw refusedScript(type, body.script);
  for (const [option, kind] of Object.entries(kinds)) {
    if (kind !== 'value' || body[option] !== null) continue;
    throw badOption(type, option, `[${option}] must not be null: [${name}]`);
  }
  return readContent(type, body, kinds);
}

function refusedScript(type: string, script: unknown): Error {
  if (typeof script !== 'string' && !isJsonObject(script)) return unsupportedToken(script, 'script', type);
  return unsupported(`[script] in an aggregation [${type}]`);
}

/** Nothing can stand below a metric. */
export function refuseBelow(type: string, { name, aggregations }: AggregationContext): void {
  if (Object.keys(aggregations).length === 0) return;
  throw new DaybookError('invalid-argument', `Aggregator [${name}] of type [${type}] cannot accept sub-aggregations`, {
    detail: { reason: 'aggregation_initialization_exception' },
  });
}

/** The complaint about one option's value. */
export function badOption(type: string, option: string, message: string): Error {
  return contentParseError(`[${type}] failed to parse field [${option}]`, illegalArgument(message));
}

/** The field, or Elasticsearch's complaint about a missing one; `alternatives` are the options that would do. */
export function requireField(field: string | undefined, alternatives = 'field, script'): string {
  if (field !== undefined) return field;
  throw illegalArgument(`Required one of fields [${alternatives}], but none were specified. `);
}

/** Options that aggregations over a field share. `value_type` and `script` are not among them: the mapping says the type. */
export const valueKinds: { readonly field: 'string'; readonly missing: 'value' } = {
  field: 'string',
  missing: 'value',
};
/** The same where values can be written in a format. */
export const fieldKinds: typeof valueKinds & { readonly format: 'string' } = { ...valueKinds, format: 'string' };
