import { asDiskFull, type Log } from '@daybook/durable-log';
import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import { COMMIT_POINT_FORMAT, writeCommitPoint } from '../checkpoint/commit-point.ts';
import { Hold } from '../columns/hold.ts';
import { compactDictionaries } from '../index/compact-dictionaries.ts';
import type { FrozenIndexData } from '../index/index-data.ts';
import type { LocalIndex } from '../index/local-index.ts';
import type { Steps } from '../steps/steps.ts';
import type { Translog } from '../translog/translog.ts';
import { addCounts, NOTHING_WRITTEN, type TranslogCount } from '../translog/translog-count.ts';
import type { Catalog } from './catalog.ts';

/** The parts that a checkpoint is made of. */
export interface CheckpointParts {
  readonly directory: string;
  readonly log: Log;
  readonly translog: Translog;
  readonly catalog: Catalog;
  readonly checkpoints: CheckpointStore;
  indices(): readonly LocalIndex[];
  /** Runs what may be interrupted by writes and searches. */
  takeTurns(steps: Steps<void>): Promise<void>;
  /** False while somebody reads sources that were replaced since. */
  mayRemoveSegments(): boolean;
}

/**
 * Writes what changed since the last checkpoint, then a commit point; deletes what neither it nor the indices refer to any more. When the disk
 * is full (`isDiskFull`), the last checkpoint stands and this can be called again.
 */
export async function writeCheckpoint(parts: CheckpointParts): Promise<void> {
  const { directory, log, translog, checkpoints } = parts;
  for (const index of parts.indices()) if (index.isDirty) await parts.takeTurns(compactDictionaries(index));
  // Everything up to the next await is one moment of the log: nothing is written in between.
  const position = translog.startCheckpoint();
  const catalog = parts.catalog.freeze();
  const indices = parts.indices();
  const hold = new Hold();
  const frozen = indices.filter((index) => index.isDirty).map((index) => freeze(index, hold));
  const dead = deadSegments(log, position.segment, indices);
  const fail = (error: unknown): never => {
    for (const { index, uncommitted } of frozen) {
      index.isDirty = true;
      index.uncommitted = addCounts(uncommitted, index.uncommitted);
    }
    throw asDiskFull(error);
  };
  try {
    for (const { index, data } of frozen) await checkpoints.write(index.uuid, data);
    await checkpoints.sync();
    await log.sync();
  } catch (error) {
    await checkpoints.rollBack();
    fail(error);
  } finally {
    hold.release();
  }
  const generations = checkpoints.generations();
  const commitPoint = { format: COMMIT_POINT_FORMAT, position, catalog, checkpoints: generations };
  await writeCommitPoint(directory, commitPoint).catch(fail);
  await checkpoints.removeUnused();
  for (const segment of dead) if (parts.mayRemoveSegments()) await log.removeSegment(segment);
}

interface FrozenIndex {
  readonly index: LocalIndex;
  readonly data: FrozenIndexData;
  readonly uncommitted: TranslogCount;
}

function freeze(index: LocalIndex, hold: Hold): FrozenIndex {
  const { uncommitted } = index;
  index.isDirty = false;
  index.uncommitted = NOTHING_WRITTEN;
  return { index, data: index.data.freeze(hold), uncommitted };
}

/** Segments before the given one in which no live document has its source. */
function deadSegments(log: Log, before: number, indices: readonly LocalIndex[]): number[] {
  const alive = new Set<number>();
  for (const { data } of indices) for (const segment of data.documents.liveBytesBySegment().keys()) alive.add(segment);
  return log
    .segments()
    .map(({ segment }) => segment)
    .filter((segment) => segment < before && !alive.has(segment));
}
