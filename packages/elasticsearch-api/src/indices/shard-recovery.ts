import type { Index } from '@daybook/search-engine';

/** How the shard of an index came to be. */
export interface ShardRecovery {
  /** Made empty since the server started, or read when it did. */
  readonly type: 'EMPTY_STORE' | 'EXISTING_STORE';
  readonly startTimeMs: number;
  /** Read from disk. */
  readonly bytes: number;
}

/** Every index is recovered before the server listens, or is made while it does. */
export function shardRecovery(index: Index, serverStartTimeMs: number): ShardRecovery {
  return index.creationTimeMs >= serverStartTimeMs
    ? { type: 'EMPTY_STORE', startTimeMs: index.creationTimeMs, bytes: 0 }
    : { type: 'EXISTING_STORE', startTimeMs: serverStartTimeMs, bytes: index.stats().storeBytes };
}
