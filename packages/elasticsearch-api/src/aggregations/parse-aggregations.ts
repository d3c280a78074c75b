import { DaybookError } from '@daybook/errors';
import type { Aggregation, Aggregations } from '@daybook/search-engine';
import { didYouMean } from '../errors/did-you-mean.ts';
import { illegalArgument, parsingError, unsupported } from '../errors/errors.ts';
import { emptyObject, isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { parseQuery } from '../query-dsl/parse-query.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import type { SearchSpecification } from '../search/search-specification.ts';
import { aggregationParsers, unsupportedAggregations } from './aggregation-parsers.ts';
import { checkPipelines, type ParentAggregation } from './pipeline/check-pipelines.ts';

const maxNestedDepth = 20;
/** Aggregations of one request, whatever their nesting. */
const maxAggregations = 1000;

/** What aggregations are parsed in: that of their queries, and how the parts of a search that stand inside them are read. */
interface AggregationsContext {
  readonly query: QueryContext;
  readonly parseSearch: (body: JsonObject, context: QueryContext) => SearchSpecification;
}

/** Parses what stands under `aggs`, with every default filled in. */
export function parseAggregations(
  value: unknown,
  context: AggregationsContext,
  depth = 0,
  parent?: ParentAggregation,
): Aggregations {
  if (!isJsonObject(value)) throw parsingError(`Unknown key for a ${tokenOf(value)} in [aggs].`);
  if (depth > maxNestedDepth) throw illegalArgument(`aggregations are nested deeper than [${maxNestedDepth}] levels`);
  if (depth === 0) checkCount(value);
  const result = emptyObject<Aggregation>();
  for (const [name, definition] of Object.entries(value)) {
    result[name] = parseAggregation(name, definition, context, depth);
  }
  checkPipelines(result, parent);
  return result;
}

function checkCount(aggregations: JsonObject): void {
  const countOf = (group: unknown): number =>
    isJsonObject(group)
      ? Object.values(group).reduce<number>(
          (sum, each) => sum + 1 + countOf(isJsonObject(each) && (each.aggs ?? each.aggregations)),
          0,
        )
      : 0;
  const count = countOf(aggregations);
  if (count > maxAggregations) {
    throw illegalArgument(`the request has [${count}] aggregations, at most [${maxAggregations}] are allowed`);
  }
}

function parseAggregation(name: string, definition: unknown, context: AggregationsContext, depth: number): Aggregation {
  if (/[[\]>]/.test(name) || name === '') {
    throw parsingError(
      `Invalid aggregation name [${name}]. Aggregation names can contain any character except '[', ']', and '>'`,
    );
  }
  if (!isJsonObject(definition)) {
    throw parsingError(
      `Aggregation definition for [${name} starts with a [${tokenOf(definition)}], expected a [START_OBJECT].`,
    );
  }
  const { aggs, aggregations = aggs, meta, ...types } = definition;
  for (const [member, value] of Object.entries(definition)) {
    if (isJsonObject(value)) continue;
    throw parsingError(`Expected [START_OBJECT] under [${member}], but got a [${tokenOf(value)}] in [${name}]`);
  }
  const [first, second] = Object.entries(types);
  if (first === undefined) throw parsingError(`Missing definition for aggregation [${name}]`);
  const [type, body] = first;
  if (second !== undefined) {
    throw parsingError(`Found two aggregation type definitions in [${name}]: [${type}] and [${second[0]}]`);
  }
  const parser = aggregationParsers.get(type);
  if (parser === undefined) throw unknownAggregation(type);
  return parser(body as JsonObject, {
    name,
    aggregations:
      aggregations === undefined
        ? {}
        : parseAggregations(aggregations, context, depth + 1, {
            type,
            minDocCount: (body as JsonObject).min_doc_count,
          }),
    meta,
    parseFilter: (filter) => parseQuery(filter, context.query),
    parseSearch: (search) => context.parseSearch(search, context.query),
  });
}

function unknownAggregation(type: string): DaybookError {
  if (unsupportedAggregations.has(type)) return unsupported(`aggregation [${type}]`);
  const cause = new DaybookError('invalid-argument', `unknown field [${type}]`, {
    detail: { reason: 'named_object_not_found_exception' },
  });
  return parsingError(`Unknown aggregation type [${type}]${didYouMean(type, aggregationParsers.keys())}`, cause);
}
