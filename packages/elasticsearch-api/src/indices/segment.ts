import type { Index } from '@daybook/search-engine';

/** What an index holds in memory and in checkpoints, as one segment. */
export interface Segment {
  readonly name: string;
  readonly generation: number;
  readonly docCount: number;
  readonly deletedDocCount: number;
  readonly storeBytes: number;
  readonly memoryBytes: number;
  /** Whether a restart has nothing to replay of it. */
  readonly isCommitted: boolean;
}

/** The segments of an index: one, or none where nothing was ever written. The engine updates it in place, so it is always the first. */
export function segmentsOf(index: Index): readonly Segment[] {
  const { docCount, deletedDocCount, storeBytes, memoryBytes, uncommitted } = index.stats();
  if (docCount + deletedDocCount === 0) return [];
  const isCommitted = uncommitted.operations === 0;
  return [{ name: '_0', generation: 0, docCount, deletedDocCount, storeBytes, memoryBytes, isCommitted }];
}
