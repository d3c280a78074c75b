import { illegalArgument, parsingError } from '../../errors/errors.ts';
import { parseTimeMs } from '../../http/time-value.ts';
import { defined } from '../../json/json.ts';
import {
  type AggregationContext,
  type AggregationParser,
  badOption,
  readAggregationOptions,
} from '../aggregation-parser.ts';
import { pathKinds, readGapPolicy, readPipelineOptions, refuseBelow } from './pipeline-options.ts';

const calendarUnitsMs: ReadonlyMap<string, number> = new Map([
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['week', 7 * 86_400_000],
]);

const normalizeMethods = ['rescale_0_1', 'rescale_0_100', 'percent_of_sum', 'mean', 'z-score', 'softmax'] as const;

/** The sum of each bucket's value and all before it. */
export const parseCumulativeSum: AggregationParser = (body, context) => {
  refuseBelow(context);
  const options = readAggregationOptions('cumulative_sum', body, { buckets_path: 'any', format: 'string' });
  return defined({
    type: 'cumulativeSum' as const,
    path: requirePath(options.buckets_path),
    gapPolicy: 'insertZeros' as const,
    format: options.format,
    meta: context.meta,
  });
};

/** How much each bucket's value is above the one before, also for a unit of time. */
export const parseDerivative: AggregationParser = (body, context) => {
  refuseBelow(context);
  const kinds = { ...pathKinds, gap_policy: 'string', unit: 'string' } as const;
  const options = readPipelineOptions(body, kinds, (token) => `Unexpected token ${token} in [${context.name}].`);
  return defined({
    type: 'derivative' as const,
    path: options.buckets_path ?? missingPath(context),
    gapPolicy: readGapPolicy(options.gap_policy),
    format: options.format,
    unitMs: options.unit === undefined ? undefined : readUnitMs(options.unit),
    meta: context.meta,
  });
};

/** How much each bucket's value is above that of so many before. */
export const parseSerialDiff: AggregationParser = (body, context) => {
  refuseBelow(context);
  const { name } = context;
  const kinds = { ...pathKinds, gap_policy: 'string', lag: 'number' } as const;
  const options = readPipelineOptions(
    body,
    kinds,
    (token, option) => `Unknown key for a ${token} in [${name}]: [${option}].`,
  );
  const lag = Math.trunc(options.lag ?? 1);
  // compat: two words of the message stand together.
  if (lag <= 0)
    throw parsingError(`Lag must be a positive, non-zero integer.  Value supplied was${lag} in [${name}]: [lag].`);
  return defined({
    type: 'serialDiff' as const,
    path: options.buckets_path ?? missingPath(context),
    gapPolicy: readGapPolicy(options.gap_policy),
    format: options.format,
    lag,
    meta: context.meta,
  });
};

/** Each bucket's value on a scale of all of them. */
export const parseNormalize: AggregationParser = (body, context) => {
  refuseBelow(context);
  const options = readAggregationOptions('normalize', body, {
    buckets_path: 'any',
    format: 'string',
    method: 'string',
  });
  const method = normalizeMethods.find((known) => known === options.method);
  if (options.method === undefined) throw illegalArgument('Required [method]');
  if (method === undefined) throw badOption('normalize', 'method', `invalid method [${options.method}]`);
  return defined({
    type: 'normalize' as const,
    path: requirePath(options.buckets_path),
    gapPolicy: 'skip' as const,
    format: options.format,
    method,
    meta: context.meta,
  });
};

function requirePath(given: unknown): string {
  const path = Array.isArray(given) ? given[0] : given;
  if (typeof path === 'string') return path;
  throw illegalArgument('Required [buckets_path]');
}

/** compat: every pipeline that parses its body by hand calls itself a derivative here. */
function missingPath({ name }: AggregationContext): never {
  throw parsingError(`Missing required field [buckets_path] for derivative aggregation [${name}]`);
}

function readUnitMs(unit: string): number {
  return calendarUnitsMs.get(unit) ?? parseTimeMs(unit, 'unit');
}
