import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import type { LocalIndex } from '../index/local-index.ts';
import { Pace } from './pace.ts';

/** What is read back, and who is told. */
export interface DiskCheck {
  readonly checkpoints: CheckpointStore;
  /** From the end of one round to the beginning of the next. */
  readonly intervalMs: number;
  indices(): readonly LocalIndex[];
  /** The index's checkpoint is damaged, and must be made anew. */
  onDamagedCheckpoint(index: LocalIndex, damage: readonly Error[]): void;
}

/**
 * Reads the source of every live document now and after each interval, in slices between which other work runs, so that damage is told that nobody has met; the
 * translog tells of that to sources. Every checkpoint too, but for the first time: a start has just read it. Ends when the signal says so.
 */
export async function checkDisk(check: DiskCheck, signal: AbortSignal): Promise<void> {
  try {
    for (let isFirst = true; ; isFirst = false) {
      for (const index of check.indices()) {
        await checkSources(index, check, new Pace(signal));
        if (!isFirst) await checkCheckpoint(index, check, new Pace(signal));
      }
      await sleep(check.intervalMs, undefined, { ref: false, signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function checkCheckpoint(
  index: LocalIndex,
  { checkpoints, onDamagedCheckpoint }: DiskCheck,
  pace: Pace,
): Promise<void> {
  const damage = await checkpoints.check(index.uuid, async (bytes) => {
    pace.read(bytes);
    if (pace.isPauseDue) await pace.pause();
  });
  if (damage.length > 0) onDamagedCheckpoint(index, damage);
}

async function checkSources(index: LocalIndex, { indices }: DiskCheck, pace: Pace): Promise<void> {
  for (let doc = 0; doc < index.data.documents.limit; doc++) {
    if (pace.isPauseDue) {
      await pace.pause();
      if (!indices().includes(index)) return;
    }
    if (index.data.documents.isLive(doc)) pace.read(index.intactSource(doc)?.length ?? 0);
  }
}
