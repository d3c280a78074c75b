import { isDiskFull } from '@daybook/durable-log';
import { type CheckpointParts, writeCheckpoint } from './checkpointer.ts';
import { compactSegments } from './compaction.ts';

/** What upkeep needs of the engine. */
export interface UpkeepParts extends CheckpointParts {
  /** A checkpoint is written once the log has so many records behind the last one. */
  readonly checkpointRecords: number;
  readonly closing: AbortSignal;
  /** Told when the disk had no room for a checkpoint. */
  readonly onDelayed: (error: Error) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Checkpoints, compactions and removals of directories, one after the other. */
export class Upkeep {
  readonly #parts: UpkeepParts;
  #last: Promise<void> = Promise.resolve();
  #isCheckpointDue = false;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  /** To be called behind every record: from some number on, a checkpoint is written and the log made smaller. */
  afterRecord(): void {
    const { translog, checkpointRecords, closing } = this.#parts;
    if (this.#isCheckpointDue || closing.aborted || translog.recordsSinceCheckpoint < checkpointRecords) return;
    this.#isCheckpointDue = true;
    this.#schedule(async () => {
      try {
        await this.#flushPeriodically();
      } finally {
        this.#isCheckpointDue = false;
      }
      await compactSegments(
        this.#parts.log,
        translog,
        () => this.#parts.indices(),
        () => closing.aborted,
      );
    });
  }

  async #flushPeriodically(): Promise<void> {
    const dirty = this.#parts.indices().filter(({ isDirty }) => isDirty);
    const startedMs = performance.now();
    await writeCheckpoint(this.#parts);
    const tookMs = (performance.now() - startedMs) / dirty.length;
    for (const { counters } of dirty) {
      counters.flushes += 1;
      counters.periodicFlushes += 1;
      counters.flushMs += tookMs;
    }
  }

  /** Writes a checkpoint when there is time. */
  scheduleCheckpoint(): void {
    this.#schedule(() => writeCheckpoint(this.#parts));
  }

  /** Resolves when a checkpoint has been written. */
  checkpoint(): Promise<void> {
    return this.#run(() => writeCheckpoint(this.#parts));
  }

  /** Removes the checkpoints of an index that has been deleted. */
  removeCheckpoints(uuid: string): Promise<void> {
    return this.#run(() => this.#parts.checkpoints.remove(uuid));
  }

  /** Writes the last checkpoint, behind what still runs, if there is anything to put into it and `mayWrite` says yes then. */
  lastCheckpoint(mayWrite: () => boolean): Promise<void> {
    return this.#run(async () => {
      if (mayWrite() && this.#parts.translog.recordsSinceCheckpoint > 0) await writeCheckpoint(this.#parts);
    });
  }

  /** Runs a task that nobody waits for, unless the engine is closed by then. */
  #schedule(task: () => Promise<void>): void {
    this.#run(async () => {
      if (!this.#parts.closing.aborted) await task();
    }).catch((error) => {
      if (isDiskFull(error)) this.#parts.onDelayed(error);
      else this.#parts.onFailure(error);
    });
  }

  /** Runs a task after those before it, whether or not they failed. */
  #run(task: () => Promise<void>): Promise<void> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
