import { isDaybookError } from '@daybook/errors';
import type { CompositeSource, QueryValue } from '@daybook/search-engine';
import { contentParseError, illegalArgument, parsingError } from '../errors/errors.ts';
import { wireType } from '../errors/render-error.ts';
import { defined, isJsonObject, type JsonObject } from '../json/json.ts';
import { scalar } from '../query-dsl/option-readers.ts';
import { type AggregationParser, badOption, readAggregationOptions, requireField } from './aggregation-parser.ts';
import { checkTimeZone, dateIntervalKinds, readInterval, readOffsetMs } from './date-histogram.ts';

/** A bucket for each combination of values of several sources, page by page. */
export const parseComposite: AggregationParser = (body, context) => {
  const options = readAggregationOptions('composite', body, { sources: 'objects', size: 'integer', after: 'object' });
  const size = options.size ?? 10;
  if (options.sources === undefined) throw illegalArgument('Required [sources]');
  const sources = (Array.isArray(options.sources) ? options.sources : [options.sources]).map(readNamedSource);
  const duplicates = sources.map(({ name }) => name).filter((name, at, names) => names.indexOf(name) !== at);
  if (sources.length === 0 || duplicates.length > 0) {
    const cause = contentParseError(
      'Failed to build [composite] after last required field arrived',
      illegalArgument(
        sources.length === 0
          ? 'Composite [sources] cannot be null or empty'
          : `Composite source names must be unique, found duplicates: [${duplicates.join(', ')}]`,
      ),
    );
    throw contentParseError('[composite] failed to parse field [sources]', cause);
  }
  if (size <= 0) throw badOption('composite', 'size', `[size] must be greater than 0, found [${size}]`);
  return defined({
    type: 'composite' as const,
    sources,
    size,
    after: options.after === undefined ? undefined : readAfter(options.after, sources),
    aggregations: context.aggregations,
    meta: context.meta,
  });
};

function readNamedSource(given: unknown): CompositeSource {
  const [entry, ...others] = isJsonObject(given) ? Object.entries(given) : [];
  const [name = '', definition] = entry ?? [];
  const [typed, ...otherTypes] = isJsonObject(definition) ? Object.entries(definition) : [];
  if (typed === undefined || others.length + otherTypes.length > 0 || !isJsonObject(typed[1])) {
    throw badOption('composite', 'sources', 'each of [sources] must be an object of one name and one type');
  }
  try {
    return readSource(name, typed[0], typed[1]);
  } catch (error) {
    if (!isDaybookError(error) || wireType(error) === 'illegal_argument_exception') throw error;
    throw contentParseError('[composite] failed to parse field [sources]', error);
  }
}

const commonKinds = { field: 'string', order: 'string', missing_bucket: 'boolean', format: 'string' } as const;

const dateHistogramKinds = { ...commonKinds, ...dateIntervalKinds } as const;

const histogramKinds = { ...commonKinds, interval: 'number' } as const;

function readSource(name: string, type: string, body: JsonObject): CompositeSource {
  switch (type) {
    case 'terms':
      return { ...readCommon(type, name, readAggregationOptions('terms', body, commonKinds)), type };
    case 'histogram': {
      const options = readAggregationOptions('histogram', body, histogramKinds);
      const { interval = 0 } = options;
      if (interval <= 0)
        throw badOption('histogram', 'interval', '[interval] must be greater than 0 for [histogram] source');
      return { ...readCommon(type, name, options), type, interval };
    }
    case 'date_histogram': {
      const options = readAggregationOptions('date_histogram', body, dateHistogramKinds);
      return {
        ...readCommon(type, name, options),
        ...defined({ timeZone: checkTimeZone('date_histogram', options.time_zone) }),
        ...readInterval(options),
        type: 'dateHistogram',
        offsetMs: readOffsetMs(options.offset),
      };
    }
    default:
      throw parsingError(`invalid source type: ${type}`);
  }
}

function readCommon(
  type: string,
  name: string,
  options: {
    readonly field: string | undefined;
    readonly order: string | undefined;
    readonly missing_bucket: boolean | undefined;
    readonly format: string | undefined;
  },
): Pick<CompositeSource, 'name' | 'field' | 'direction' | 'missingBucket' | 'format'> {
  const direction = options.order?.toLowerCase() ?? 'asc';
  if (direction !== 'asc' && direction !== 'desc') {
    throw badOption(
      type,
      'order',
      `No enum constant org.elasticsearch.search.sort.SortOrder.${direction.toUpperCase()}`,
    );
  }
  const common = {
    name,
    field: requireField(options.field),
    direction,
    missingBucket: options.missing_bucket ?? false,
  } as const;
  return { ...common, ...defined({ format: options.format }) };
}

function readAfter(given: unknown, sources: readonly CompositeSource[]): Readonly<Record<string, QueryValue | null>> {
  if (!isJsonObject(given)) throw badOption('composite', 'after', '[after] must be an object');
  const names = Object.keys(given);
  if (names.length !== sources.length) {
    throw illegalArgument(`[after] has ${names.length} value(s) but [sources] has ${sources.length}`);
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value === null ? null : scalar(value, name, 'composite')]),
  );
}
