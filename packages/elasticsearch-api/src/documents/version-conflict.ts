import { DaybookError } from '@daybook/errors';
import { type Index, shardLayout, shardOf } from '@daybook/search-engine';

/** The engine's conflict with the index in which it happened. */
export function versionConflict(
  index: Index,
  { id = '', routing }: { readonly id?: string; readonly routing?: string | undefined },
  conflict: DaybookError,
): DaybookError {
  const shard = String(shardOf(shardLayout(index.settings()), id, routing));
  return new DaybookError('conflict', conflict.message, {
    detail: {
      reason: 'version_conflict_engine_exception',
      properties: { index_uuid: index.uuid, shard, index: index.name },
    },
  });
}
