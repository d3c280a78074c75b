import { type Aggregation, type Aggregations, parseAggregationPath } from '@daybook/search-engine';
import { validationFailed } from '../../errors/errors.ts';

/** The aggregation around a level, as the request has it. */
export interface ParentAggregation {
  readonly type: string;
  readonly minDocCount: unknown;
}

/** Pipelines that need buckets in the order of time or numbers, by their names on the wire. */
const sequential: ReadonlyMap<Aggregation['type'], string> = new Map([
  ['cumulativeSum', 'cumulative_sum'],
  ['derivative', 'derivative'],
  ['serialDiff', 'serial_diff'],
]);

/** Pipelines that run over the buckets around them, whatever these are of. */
const ofParents: ReadonlyMap<Aggregation['type'], string> = new Map([
  ['bucketScript', 'bucket_script'],
  ['bucketSelector', 'bucket_selector'],
  ['bucketSort', 'bucket_sort'],
  ['normalize', 'normalize'],
]);

const histograms: ReadonlySet<string> = new Set(['histogram', 'date_histogram', 'auto_date_histogram']);

/** Aggregations of buckets that siblings do not take. */
const single: ReadonlySet<Aggregation['type']> = new Set(['filter', 'missing', 'global', 'composite']);

/** Refuses pipelines of one level that name no aggregation of it, or stand below the wrong one. `parent` is undefined at the root. */
export function checkPipelines(aggregations: Aggregations, parent: ParentAggregation | undefined): void {
  const pipelines = Object.entries(aggregations).filter(
    ([, aggregation]) => pathsOf(aggregation).length > 0 || ofParents.has(aggregation.type),
  );
  const complaint =
    pipelines.flatMap(([, pipeline]) =>
      pathsOf(pipeline).flatMap((path) => complaintOfPath(path, aggregations) ?? []),
    )[0] ?? pipelines.flatMap(([name, pipeline]) => complaintOfPlace(name, pipeline, aggregations, parent) ?? [])[0];
  if (complaint !== undefined) throw validationFailed(complaint);
}

function complaintOfPath(path: string, aggregations: Aggregations): string | undefined {
  if (path === '_count' || path === '_key') return undefined;
  const [first, ...below] = parseAggregationPath(path);
  let around = aggregations[first!.name];
  if (around === undefined) return `No aggregation found for path [${path}]`;
  for (const { name } of below) {
    if (name === '_count' || name === '_key') return undefined;
    const found: Aggregation | undefined = 'aggregations' in around ? around.aggregations?.[name] : undefined;
    if (found === undefined) return `No aggregation [${name}] found for path [${path}]`;
    around = found;
  }
  return undefined;
}

function complaintOfPlace(
  name: string,
  pipeline: Aggregation,
  aggregations: Aggregations,
  parent: ParentAggregation | undefined,
): string | undefined {
  if (pipeline.type.endsWith('Bucket') && 'path' in pipeline)
    return complaintOfSibling(name, pipeline.path, aggregations);
  const sequentialType = sequential.get(pipeline.type);
  if (sequentialType !== undefined) {
    if (!histograms.has(parent?.type ?? '')) {
      return `${sequentialType} aggregation [${name}] must have a histogram, date_histogram or auto_date_histogram as parent`;
    }
    const { minDocCount = 0 } = parent!;
    return Number(minDocCount) === 0
      ? undefined
      : `parent histogram of ${sequentialType} aggregation [${name}] must have min_doc_count of 0`;
  }
  if (parent === undefined)
    return `${ofParents.get(pipeline.type)} aggregation [${name}] must be declared inside of another aggregation`;
  const doesNothing =
    pipeline.type === 'bucketSort' && pipeline.order.length === 0 && pipeline.from === 0 && pipeline.size === undefined;
  return doesNothing
    ? `[${name}] is configured to perform nothing. Please set either of [sort, size, from] to use bucket_sort`
    : undefined;
}

/** compat: a sibling's path begins at buckets, and names the builder of what has none. */
function complaintOfSibling(name: string, path: string, aggregations: Aggregations): string | undefined {
  const first = aggregations[path.split(/[>.]/)[0]!];
  if (first === undefined || pathsOf(first).length > 0)
    return `buckets_path aggregation does not exist for aggregation [${name}]: ${path}`;
  const folder = single.has(first.type) ? `bucket.${first.type}` : 'aggregations' in first ? undefined : 'metrics';
  if (folder === undefined) return undefined;
  const builder = `org.elasticsearch.search.aggregations.${folder}.${first.type[0]!.toUpperCase()}${first.type.slice(1)}AggregationBuilder`;
  return `The first aggregation in buckets_path must be a multi-bucket aggregation for aggregation [${name}] found :${builder} for buckets path: ${path}`;
}

function pathsOf(aggregation: Aggregation): readonly string[] {
  if ('path' in aggregation) return [aggregation.path];
  if ('paths' in aggregation) return Object.values(aggregation.paths);
  return aggregation.type === 'bucketSort' ? aggregation.order.map(({ path }) => path) : [];
}
