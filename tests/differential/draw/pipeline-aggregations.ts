import type { Draw } from './draw.ts';
import type { Json } from './queries.ts';

/** A pipeline over the buckets of a neighbour. */
export function drawSiblingPipeline(draw: Draw, buckets: string): Json {
  const type = draw.pick([
    'avg_bucket',
    'max_bucket',
    'min_bucket',
    'sum_bucket',
    'stats_bucket',
    'extended_stats_bucket',
    'percentiles_bucket',
  ]);
  return { [type]: { buckets_path: `${buckets}>_count` } };
}

/** A pipeline that stands inside the buckets of `parent` and reads a metric of them. */
export function drawParentPipeline(draw: Draw, metric: string, parent: string): Json {
  const isHistogram = parent === 'histogram' || parent === 'date_histogram';
  const gap = draw.maybe(0.3, () => ({ gap_policy: draw.pick(['skip', 'insert_zeros']) }));
  if (isHistogram && draw.chance(0.5)) {
    return draw.chance(0.5)
      ? { cumulative_sum: { buckets_path: metric } }
      : { derivative: { buckets_path: metric, ...gap } };
  }
  switch (draw.int(0, 2)) {
    case 0:
      return { bucket_script: { buckets_path: { value: metric }, script: 'params.value * 2 + 1', ...gap } };
    case 1:
      return { bucket_selector: { buckets_path: { value: metric }, script: 'params.value > 2', ...gap } };
    default:
      return {
        bucket_sort: { sort: [{ [metric]: draw.pick(['asc', 'desc']) }], ...draw.maybe(0.5, () => ({ size: 2 })) },
      };
  }
}
