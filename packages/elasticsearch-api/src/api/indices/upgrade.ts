import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonTree } from '../../json/json.ts';

/** What of the indices is of an older format: nothing, since a start reads every format and the next checkpoint writes the newest. */
export const getUpgrade: Endpoint = endpoint({
  routes: ['GET /_upgrade', 'GET /{index}/_upgrade'],
  parameters: indicesParameters,
  handle: ({ engine, parts, parameters }) => {
    const indices = resolveIndices(
      engine,
      parts.index,
      indicesOptions('metadata_read', parameters, { forbidClosed: true }),
    ).map(({ index }) => index);
    const sizes = indices.map((index) => index.stats().storeBytes);
    const entries = indices.map((index, at): [string, JsonTree] => [index.name, upgradeOf(sizes[at]!)]);
    const all = upgradeOf(sizes.reduce((sum, size) => sum + size, 0));
    return { body: { ...all, indices: Object.fromEntries(entries) } };
  },
});

function upgradeOf(bytes: number): { readonly [name: string]: JsonTree } {
  return { size_in_bytes: bytes, size_to_upgrade_in_bytes: 0, size_to_upgrade_ancient_in_bytes: 0 };
}

/** Writes the indices in the newest format, which is what a checkpoint does. */
export const upgrade: Endpoint = endpoint({
  routes: ['POST /_upgrade', 'POST /{index}/_upgrade'],
  parameters: { ...indicesParameters, only_ancient_segments: 'boolean', wait_for_completion: 'boolean' },
  refusedWhereReadOnly: true,
  handle: async ({ engine, parts, parameters }, { version }) => {
    const indices = resolveIndices(
      engine,
      parts.index,
      indicesOptions('metadata_write', parameters, { forbidClosed: true }),
    );
    await engine.flush();
    const { length } = indices;
    const upgraded = indices.map(({ index }): [string, JsonTree] => [
      index.name,
      { upgrade_version: version, oldest_lucene_segment_version: version },
    ]);
    return {
      body: {
        _shards: { total: length, successful: length, failed: 0 },
        upgraded_indices: Object.fromEntries(upgraded),
      },
    };
  },
});
