import type { Aggregation, Aggregations } from '@daybook/search-engine';
import { validationFailed } from '../../errors/errors.ts';

/** Pipelines that need buckets in the order of time or numbers, by their names on the wire. */
const ofHistograms: ReadonlyMap<Aggregation['type'], string> = new Map([
  ['cumulativeSum', 'cumulative_sum'],
  ['derivative', 'derivative'],
]);

/** Refuses pipelines of one level that name no aggregation of it, or stand below the wrong one. `parent` is undefined at the root. */
export function checkPipelines(aggregations: Aggregations, parent: string | undefined): void {
  const complaints: string[] = [];
  for (const [name, aggregation] of Object.entries(aggregations)) {
    for (const path of pathsOf(aggregation)) {
      const [first = ''] = path.split(/[>.[]/);
      if (!first.startsWith('_') && aggregations[first] === undefined) {
        complaints.push(`No aggregation found for path [${path}]`);
      }
    }
    const wireType = ofHistograms.get(aggregation.type);
    if (wireType !== undefined && parent !== 'date_histogram' && parent !== 'histogram') {
      const wanted = 'must have a histogram, date_histogram or auto_date_histogram as parent';
      if (complaints.length === 0) complaints.push(`${wireType} aggregation [${name}] ${wanted}`);
    }
  }
  if (complaints.length > 0) throw validationFailed(...complaints);
}

function pathsOf(aggregation: Aggregation): readonly string[] {
  if ('path' in aggregation) return [aggregation.path];
  if ('paths' in aggregation) return Object.values(aggregation.paths);
  return aggregation.type === 'bucketSort' ? aggregation.order.map(({ path }) => path) : [];
}
