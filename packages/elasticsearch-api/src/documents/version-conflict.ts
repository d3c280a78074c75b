import { DaybookError } from '@daybook/errors';
import type { Index } from '@daybook/search-engine';

/** The engine's conflict with the index in which it happened. */
export function versionConflict(index: Index, conflict: DaybookError): DaybookError {
  return new DaybookError('conflict', conflict.message, {
    detail: {
      reason: 'version_conflict_engine_exception',
      properties: { index_uuid: index.uuid, shard: '0', index: index.name },
    },
  });
}
