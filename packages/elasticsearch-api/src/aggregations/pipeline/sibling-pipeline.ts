import type { SiblingPipeline } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../../errors/errors.ts';
import { defined } from '../../json/json.ts';
import type { AggregationParser } from '../aggregation-parser.ts';
import { pathKinds, readGapPolicy, readPipelineOptions, refuseBelow } from './pipeline-options.ts';

const defaultPercents: readonly number[] = [1, 5, 25, 50, 75, 95, 99];

/** Pipelines over the buckets of an aggregation beside them. */
export function siblingPipelineParser(type: SiblingPipeline['type']): AggregationParser {
  return (body, context) => {
    refuseBelow(context);
    const kinds = {
      ...pathKinds,
      gap_policy: 'string',
      ...(type === 'extendedStatsBucket' ? ({ sigma: 'number' } as const) : {}),
      ...(type === 'percentilesBucket' ? ({ percents: 'numbers', keyed: 'boolean' } as const) : {}),
    } as const;
    const unexpected = (token: string, option: string) => `Unexpected token ${token} [${option}] in [${context.name}]`;
    const options = readPipelineOptions(body, kinds, unexpected);
    if (options.buckets_path === undefined) {
      throw parsingError(`Missing required field [buckets_path] for aggregation [${context.name}]`);
    }
    const { sigma, keyed, percents } = options as {
      readonly sigma?: number;
      readonly keyed?: boolean;
      readonly percents?: readonly number[];
    };
    if (sigma !== undefined && sigma < 0) throw illegalArgument('sigma must be a non-negative double');
    return defined({
      type,
      path: options.buckets_path,
      gapPolicy: readGapPolicy(options.gap_policy),
      format: options.format,
      sigma,
      percents: type === 'percentilesBucket' ? checkPercents(percents ?? defaultPercents) : undefined,
      keyed,
      meta: context.meta,
    });
  };
}

function checkPercents(percents: readonly number[]): readonly number[] {
  if (percents.every((percent) => percent >= 0 && percent <= 100)) return percents;
  throw illegalArgument('percents must only contain non-null doubles from 0.0-100.0 inclusive');
}
