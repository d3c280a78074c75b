import type { ParentPipeline, SiblingPipeline } from '@daybook/search-engine';
import { parseTimeMs } from '../../http/time-value.ts';
import { defined } from '../../json/json.ts';
import { type AggregationParser, readAggregationOptions } from '../aggregation-parser.ts';
import { pipelineKinds, readGapPolicy, readPath, refuseBelow } from './pipeline-options.ts';

const calendarUnitsMs: ReadonlyMap<string, number> = new Map([
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['week', 7 * 86_400_000],
]);

/** Pipelines that read one path. */
export function pathPipelineParser(
  wireType: string,
  type: (ParentPipeline | SiblingPipeline)['type'],
): AggregationParser {
  return (body, context) => {
    refuseBelow(wireType, context);
    const options = readAggregationOptions(wireType, body, {
      ...pipelineKinds,
      ...(type === 'derivative' ? ({ unit: 'string' } as const) : {}),
    });
    const { unit } = options as { readonly unit?: string };
    return defined({
      type,
      path: readPath(options.buckets_path),
      gapPolicy: readGapPolicy(wireType, options.gap_policy),
      format: options.format,
      unitMs: unit === undefined ? undefined : (calendarUnitsMs.get(unit) ?? parseTimeMs(unit, 'unit')),
      meta: context.meta,
    });
  };
}
