import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { type Segment, segmentsOf } from '../../indices/segment.ts';
import type { JsonTree } from '../../json/json.ts';

/** What each index holds, as segments. */
export const segments: Endpoint = endpoint({
  routes: ['GET /_segments', 'GET /{index}/_segments'],
  parameters: { ...indicesParameters, verbose: 'boolean' },
  handle: ({ engine, parts, parameters }, { nodeId, version }) => {
    const indices = resolveIndices(
      engine,
      parts.index,
      indicesOptions('metadata_read', parameters, { forbidClosed: true }),
    ).map(({ index }) => index);
    const routing = { state: 'STARTED', primary: true, node: nodeId };
    const entries = indices.map((index): [string, JsonTree] => {
      const all = segmentsOf(index);
      const shard = {
        routing,
        num_committed_segments: all.filter(({ isCommitted }) => isCommitted).length,
        num_search_segments: all.length,
        segments: Object.fromEntries(
          all.map((segment) => [segment.name, render(segment, version, parameters.verbose ?? false)]),
        ),
      };
      return [index.name, { shards: { '0': [shard] } }];
    });
    const { length } = indices;
    return {
      body: { _shards: { total: length, successful: length, failed: 0 }, indices: Object.fromEntries(entries) },
    };
  },
});

/** Where Lucene tells what a segment's memory is used for, there is one figure. */
function render(segment: Segment, version: string, isVerbose: boolean): JsonTree {
  const memory = { description: 'columns, postings and dictionaries', size_in_bytes: segment.memoryBytes };
  return {
    generation: segment.generation,
    num_docs: segment.docCount,
    deleted_docs: segment.deletedDocCount,
    size_in_bytes: segment.storeBytes,
    memory_in_bytes: segment.memoryBytes,
    committed: segment.isCommitted,
    search: true,
    version,
    compound: false,
    ram_tree: isVerbose ? [memory] : undefined,
    attributes: {},
  };
}
