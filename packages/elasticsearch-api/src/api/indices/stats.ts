import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderTotals, sumStats } from '../../indices/index-totals.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonTree } from '../../json/json.ts';

/** Sizes and counts of indices, one by one and in all. */
export const indicesStats: Endpoint = endpoint({
  routes: ['GET /_stats', 'GET /_stats/{metric}', 'GET /{index}/_stats', 'GET /{index}/_stats/{metric}'],
  parameters: {
    ...indicesParameters,
    level: 'ignored',
    groups: 'ignored',
    fields: 'ignored',
    fielddata_fields: 'ignored',
    completion_fields: 'ignored',
    include_segment_file_sizes: 'ignored',
    include_unloaded_segments: 'ignored',
    forbid_closed_indices: 'ignored',
    types: 'ignored',
  },
  handle: ({ engine, parts, parameters }) => {
    const indices = resolveIndices(engine, parts.index, indicesOptions(parameters)).map(({ index }) => index);
    const entries = indices.map((index): [string, JsonTree] => {
      const stats = renderTotals(index.stats());
      return [index.name, { uuid: index.uuid, primaries: stats, total: stats }];
    });
    const all = renderTotals(sumStats(indices));
    const { length } = indices;
    return {
      body: {
        _shards: { total: length, successful: length, failed: 0 },
        _all: { primaries: all, total: all },
        indices: Object.fromEntries(entries),
      },
    };
  },
});
