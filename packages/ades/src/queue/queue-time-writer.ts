import type { JobsDatabase } from '@daybook/jobs-database';

const FLUSH_AFTER_MS = 500;
const MAX_BATCH = 500;
/** Ids beyond these are forgotten: the sweep finds their jobs. */
const MAX_BUFFERED = 50_000;

/** Writes `queue-time` into jobs in bulk, within a second of {@link QueueTimeWriter.add}. */
export interface QueueTimeWriter {
  add(jobId: string): void;
  /** Writes what is buffered, once, and takes no more. */
  close(): Promise<void>;
}

/** Buffers ids until the time or the number is reached. What could not be written is tried again with the next batch. */
export function createQueueTimeWriter(
  database: Pick<JobsDatabase, 'markQueued'>,
  log: (message: string) => void,
): QueueTimeWriter {
  const buffered = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let closed = false;
  let failed = false;

  async function write(): Promise<void> {
    const batch = [...buffered].slice(0, MAX_BATCH);
    for (const id of batch) buffered.delete(id);
    const unwritten = await database.markQueued(batch).catch((error: unknown) => {
      log(`queue-time of ${batch.length} jobs could not be written: ${String(error)}`);
      return batch;
    });
    failed = unwritten.length > 0;
    for (const id of unwritten) if (buffered.size < MAX_BUFFERED) buffered.add(id);
  }

  function flush(): void {
    timer = undefined;
    writing ??= write().finally(() => {
      writing = undefined;
      schedule();
    });
  }

  function schedule(): void {
    if (closed || buffered.size === 0) return;
    // A whole batch that waits behind a write goes at once, unless the database was away.
    timer ??= setTimeout(flush, buffered.size >= MAX_BATCH && !failed ? 0 : FLUSH_AFTER_MS).unref();
  }

  return {
    add(jobId) {
      if (closed || buffered.size >= MAX_BUFFERED) return;
      buffered.add(jobId);
      if (buffered.size >= MAX_BATCH && writing === undefined) {
        clearTimeout(timer);
        flush();
      }
      schedule();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await writing;
      while (buffered.size > 0) {
        const before = buffered.size;
        await write();
        if (buffered.size >= before) return;
      }
    },
  };
}
