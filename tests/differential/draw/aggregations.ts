import { drawBuckets } from './bucket-aggregations.ts';
import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { drawMetric } from './metric-aggregations.ts';
import { drawParentPipeline, drawSiblingPipeline } from './pipeline-aggregations.ts';
import type { Json } from './queries.ts';

const multiBucket: ReadonlySet<string> = new Set('filters histogram date_histogram range date_range terms'.split(' '));

/** Aggregations of one level, with others below them at most `depth` deep. */
export function drawAggregations(draw: Draw, fields: readonly Field[], depth = 2, parent?: string): Json {
  const level: Json = {};
  for (let at = draw.int(1, depth === 2 ? 3 : 2); at > 0; at -= 1) {
    if (depth === 0 || parent === 'composite' || draw.chance(0.4)) {
      const metric = drawMetric(draw, fields);
      const isOfAbsent = JSON.stringify(metric).includes('"absent"');
      // The real product fails on such a metric, and the minimum takes the documents from the buckets around it.
      const isAccident = parent === 'composite' || (parent !== undefined && 'min' in metric);
      if (!isOfAbsent || !isAccident) level[`m${at}`] = metric;
      continue;
    }
    const buckets = drawBuckets(draw, fields);
    if ('global' in buckets && depth < 2) continue;
    const below = draw.maybe('rare_terms' in buckets ? 0 : 0.5, () => ({
      aggs: drawAggregations(draw, fields, depth - 1, parentOf(buckets)),
    }));
    if (parent === 'auto_date_histogram' && isLostByMerging({ ...buckets, ...below })) continue;
    level[`b${at}`] = orderedByMetric(draw, { ...buckets, ...below });
  }
  const [bucketName] = Object.entries(level).flatMap(([name, of]) =>
    Object.keys(of as Json).some((type) => multiBucket.has(type)) ? [name] : [],
  );
  if (bucketName !== undefined && draw.chance(0.15)) level.p1 = drawSiblingPipeline(draw, bucketName);
  if (parent !== undefined && multiBucket.has(parent) && draw.chance(0.15)) {
    const metric = Object.entries(level).find(([, of]) => /"(min|max|sum|avg|value_count)"/.test(JSON.stringify(of)));
    level.p2 = drawParentPipeline(draw, metric?.[0].startsWith('m') ? metric[0] : '_count', parent);
  }
  return level;
}

/**
 * The real product leaves out what is rare, or too rare, before it merges the buckets of an automatic histogram, not behind that; it counts empty buckets
 * of histograms which it has not merged yet; and weeks of automatic histograms that it merges begin on several days.
 */
function isLostByMerging(aggregation: Json): boolean {
  return /"rare_terms"|histogram"|"min_doc_count":[2-9]/.test(JSON.stringify(aggregation));
}

/** Terms in the order of a metric below them, if there is one. */
function orderedByMetric(draw: Draw, aggregation: Json): Json {
  const { terms, aggs } = aggregation as { terms?: Json; aggs?: Json };
  const metric = Object.entries(aggs ?? {}).find(([, of]) =>
    /^{"(min|max|sum|avg|value_count)"/.test(JSON.stringify(of)),
  );
  if (terms === undefined || metric === undefined || !draw.chance(0.5)) return aggregation;
  const order = [{ [metric[0]]: draw.pick(['asc', 'desc']) }, { _key: 'asc' }];
  return { ...aggregation, terms: { ...terms, order, size: 50 } };
}

/** The type of an aggregation; a histogram that leaves buckets out is none to a pipeline. */
function parentOf(buckets: Json): string {
  const [[type = '', body] = []] = Object.entries(buckets);
  return ((body as Json).min_doc_count ?? 0) === 0 ? type : 'terms';
}
