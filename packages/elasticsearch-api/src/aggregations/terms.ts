import type { QueryValue, TermsAggregation, UnmappedType } from '@daybook/search-engine';
import { contentParseError, illegalArgument, parseError } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { scalar } from '../query-dsl/option-readers.ts';
import {
  type AggregationParser,
  badOption,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';
import { parseBucketOrder } from './bucket-order.ts';

const kinds = {
  ...fieldKinds,
  size: 'integer',
  min_doc_count: 'long',
  order: 'objects',
  include: 'objectsOrString',
  exclude: 'objectsOrString',
  shard_size: 'integer',
  shard_min_doc_count: 'long',
  show_term_doc_count_error: 'boolean',
  collect_mode: 'string',
  execution_hint: 'string',
  value_type: 'string',
} as const;

/** A bucket for each value; sizes per shard are ignored, since there is one shard and counts are exact. */
export const parseTerms: AggregationParser = (body, context) => {
  const options = readAggregationOptions('terms', body, kinds, context.name);
  const size = options.size ?? 10;
  if (size <= 0)
    throw badOption('terms', 'size', `[size] must be greater than 0. Found [${size}] in [${context.name}]`);
  checkCounts(options, context.name);
  checkHints(options);
  const include = readInclude('terms', options.include);
  const exclude = readExclude('terms', options.exclude);
  if (typeof include === 'object' && 'partitions' in include && exclude !== undefined) {
    throw badOption('terms', 'exclude', 'Cannot specify any excludes when using a partition-based include');
  }
  if (
    include !== undefined &&
    exclude !== undefined &&
    (typeof include === 'string') !== (typeof exclude === 'string')
  ) {
    const kind = typeof include === 'string' ? 'regex' : 'set';
    throw badOption(
      'terms',
      'exclude',
      `Cannot mix a ${kind}-based include with a ${kind === 'set' ? 'regex' : 'set'}-based method`,
    );
  }
  return defined({
    type: 'terms' as const,
    field: requireField(options.field),
    size,
    minDocCount: options.min_doc_count ?? 1,
    order: parseBucketOrder('terms', options.order, [
      { path: '_count', direction: 'desc' },
      { path: '_key', direction: 'asc' },
    ]),
    missing: options.missing,
    include,
    exclude,
    format: options.format,
    valueType: readValueType(options.value_type),
    showsErrors: options.show_term_doc_count_error || undefined,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};

function checkCounts(
  options: {
    readonly min_doc_count: number | undefined;
    readonly shard_size: number | undefined;
    readonly shard_min_doc_count: number | undefined;
  },
  name: string,
): void {
  const { min_doc_count: minDocCount = 0, shard_size: shardSize = 1, shard_min_doc_count: shardMin = 0 } = options;
  if (shardSize <= 0) {
    throw badOption('terms', 'shard_size', `[shardSize] must be greater than 0. Found [${shardSize}] in [${name}]`);
  }
  for (const [option, words, found] of [
    ['min_doc_count', 'minDocCount', minDocCount],
    ['shard_min_doc_count', 'shardMinDocCount', shardMin],
  ] as const) {
    if (found >= 0) continue;
    throw badOption('terms', option, `[${words}] must be greater than or equal to 0. Found [${found}] in [${name}]`);
  }
}

/** Hints for how to count have no effect, but have to be ones that there are. */
function checkHints({
  collect_mode: mode = 'depth_first',
  execution_hint: hint = 'map',
}: {
  readonly collect_mode: string | undefined;
  readonly execution_hint: string | undefined;
}): void {
  if (mode !== 'depth_first' && mode !== 'breadth_first') {
    const cause = parseError(`no [collect_mode] found for value [${mode}]`);
    throw contentParseError('[terms] failed to parse field [collect_mode]', cause);
  }
  if (hint !== 'map' && hint !== 'global_ordinals') {
    throw illegalArgument(`Unknown \`execution_hint\`: [${hint}], expected any of [map, global_ordinals]`);
  }
}

const valueTypes: ReadonlyMap<string, UnmappedType> = new Map([
  ['string', 'keyword'],
  ['double', 'double'],
  ['float', 'double'],
  ['number', 'double'],
  ['numeric', 'double'],
  ['long', 'long'],
  ['integer', 'long'],
  ['short', 'long'],
  ['byte', 'long'],
  ['date', 'date'],
  ['ip', 'ip'],
  ['boolean', 'boolean'],
]);

function readValueType(given: string | undefined): UnmappedType | undefined {
  const type = given === undefined ? undefined : valueTypes.get(given);
  if (given === undefined || type !== undefined) return type;
  throw badOption('terms', 'value_type', `Unknown value type [${given}]`);
}

/** Which values to take: a pattern, values, or one of several parts of them all. */
export function readInclude(type: string, given: unknown): TermsAggregation['include'] {
  if (!isJsonObject(given)) return readChoice(type, 'include', given);
  for (const option of Object.keys(given)) {
    if (option === 'partition' || option === 'num_partitions') continue;
    const cause = parseError(`Unknown parameter in Include/Exclude clause: ${option}`);
    throw contentParseError(`[${type}] failed to parse field [include]`, cause);
  }
  const { partition, num_partitions: partitions } = given;
  if (!Number.isInteger(partition) || !Number.isInteger(partitions)) {
    const missing = Number.isInteger(partition) ? 'num_partitions' : 'partition';
    throw badOption(type, 'include', `Missing [${missing}] parameter for partition-based include`);
  }
  const [zeroBased, count] = [Number(partition), Number(partitions)];
  if (zeroBased < 0 || zeroBased >= count) {
    throw badOption(type, 'include', `Partition must be >=0 and < numPartition which is ${count}`);
  }
  return { partition: zeroBased, partitions: count };
}

/** Which values to leave out: a pattern, or values. */
export function readExclude(type: string, given: unknown): TermsAggregation['exclude'] {
  if (isJsonObject(given)) throw contentParseError(`[${type}] exclude doesn't support values of type: START_OBJECT`);
  return readChoice(type, 'exclude', given);
}

function readChoice(type: string, name: string, given: unknown): string | readonly QueryValue[] | undefined {
  if (given === undefined || typeof given === 'string') return given;
  if (Array.isArray(given)) return given.map((value) => scalar(value, name, type));
  throw badOption(type, name, `[${name}] must be a pattern or a list of values`);
}
