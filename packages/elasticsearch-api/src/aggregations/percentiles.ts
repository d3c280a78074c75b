import { javaDouble, type MetricAggregation } from '@daybook/search-engine';
import { contentParseError, illegalArgument } from '../errors/errors.ts';
import { defined, type JsonObject } from '../json/json.ts';
import { toNumber } from '../query-dsl/option-readers.ts';
import { readMember } from '../search/read-content.ts';
import {
  type AggregationParser,
  badOption,
  fieldKinds,
  readAggregationOptions,
  refuseBelow,
  requireField,
} from './aggregation-parser.ts';

const defaultPercents: readonly number[] = [1, 5, 25, 50, 75, 95, 99];
const DEFAULT_HDR_DIGITS = 3;
const MOST_HDR_DIGITS = 5;

const kinds = { ...fieldKinds, keyed: 'boolean', tdigest: 'object', hdr: 'object', value_type: 'string' } as const;

const percentilesKinds = { ...kinds, percents: 'numbers' } as const;

/** The values below which so many percent of all lie. */
export const parsePercentiles: AggregationParser = (body, context) => {
  refuseBelow('percentiles', context);
  const options = readAggregationOptions('percentiles', body, percentilesKinds, context.name);
  const percents =
    options.percents === undefined ? defaultPercents : readNumbers('percentiles', 'percents', options.percents);
  const bad = percents.find((percent) => percent < 0 || percent > 100);
  if (percents.length === 0) throw badBuild('percentiles', `[percents] must not be empty: [${context.name}]`);
  if (bad !== undefined) {
    throw badBuild('percentiles', `percent must be in [0,100], got [${javaDouble(bad)}]: [${context.name}]`);
  }
  return defined({
    type: 'percentiles' as const,
    field: requireField(options.field),
    missing: options.missing,
    format: options.format,
    percents: [...percents].sort((a, b) => a - b),
    keyed: options.keyed ?? true,
    hdrDigits: readMethod('percentiles', options),
    meta: context.meta,
  });
};

const percentileRanksKinds = { ...kinds, values: 'numbers' } as const;

/** How many percent of all values lie below each of some. */
export const parsePercentileRanks: AggregationParser = (body, context) => {
  const type: MetricAggregation['type'] = 'percentileRanks';
  refuseBelow('percentile_ranks', context);
  const options = readAggregationOptions('percentile_ranks', body, percentileRanksKinds, context.name);
  const values = options.values === undefined ? [] : readNumbers('percentile_ranks', 'values', options.values);
  if (values.length === 0) {
    const what = options.values === undefined ? 'null' : 'an empty array';
    throw badBuild('percentile_ranks', `[values] must not be ${what}: [${context.name}]`);
  }
  return defined({
    type,
    field: requireField(options.field),
    missing: options.missing,
    format: options.format,
    values,
    keyed: options.keyed ?? true,
    hdrDigits: readMethod('percentile_ranks', options),
    meta: context.meta,
  });
};

function readNumbers(type: string, option: string, given: unknown): readonly number[] {
  return readMember(type, option, () => (Array.isArray(given) ? given : [given]).map(toNumber));
}

function badBuild(type: string, message: string): Error {
  return contentParseError(`Failed to build [${type}] after last required field arrived`, illegalArgument(message));
}

/** The digits of an HDR histogram; undefined for a t-digest, whose compression has no effect, since percentiles are exact. */
function readMethod(
  type: string,
  { tdigest, hdr }: { readonly tdigest: unknown; readonly hdr: unknown },
): number | undefined {
  if (tdigest !== undefined && hdr !== undefined)
    throw badBuild(type, 'Only one percentiles method should be declared.');
  if (tdigest !== undefined) {
    readMember(type, 'tdigest', () => {
      const { compression = 0 } = readAggregationOptions('tdigest', tdigest as JsonObject, { compression: 'number' });
      if (compression >= 0) return;
      const found = javaDouble(compression);
      throw badOption('tdigest', 'compression', `[compression] must be greater than or equal to 0. Found [${found}]`);
    });
  }
  if (hdr === undefined) return undefined;
  return readMember(type, 'hdr', () => {
    const option = 'number_of_significant_value_digits';
    const digits =
      readAggregationOptions('hdr', hdr as JsonObject, { [option]: 'integer' })[option] ?? DEFAULT_HDR_DIGITS;
    if (digits >= 0 && digits <= MOST_HDR_DIGITS) return digits;
    throw badOption('hdr', option, `[numberOfSignificantValueDigits] must be between 0 and ${MOST_HDR_DIGITS}`);
  });
}
