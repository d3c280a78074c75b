import { buffer } from 'node:stream/consumers';
import { DaybookError } from '@daybook/errors';
import type { LogAppender } from '../log-store.ts';
import { partKey, readParts, sizeOf } from './log-parts.ts';
import type { StoreBucket } from './store-bucket.ts';

/** How often a log that grows is uploaded. */
export const GROW_INTERVAL_MS = 2000;

/** The last part is uploaded again as it grows; one of this size is done with. */
const PART_BYTES = 2 ** 20;
/** What is held back while S3 does not take it. */
const MAX_HELD_BYTES = 4 * PART_BYTES;

/** Writes the log at `key`, goes on with one that is there, and makes one that stays empty too. */
export function openLogWriter(bucket: StoreBucket, place: string, key: string): LogAppender {
  /** From `start` on, all that is not in a part of full size. */
  let tail = Buffer.alloc(0);
  let start = 0;
  let isDirty = true;
  let resumed: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let work = Promise.resolve();

  const resume = async (): Promise<void> => {
    const parts = [...((await readParts(bucket, place, key))?.values() ?? [])][0] ?? [];
    const last = parts.at(-1);
    if (last === undefined) return;
    isDirty = tail.length > 0;
    start = sizeOf(parts);
    if (last.sizeBytes >= PART_BYTES || last.sizeBytes === 0) return;
    tail = Buffer.concat([await buffer(await bucket.read(last.key)), tail]);
    start = last.start;
  };
  const upload = async (): Promise<void> => {
    resumed ??= resume();
    await resumed.catch((error: unknown) => {
      resumed = undefined;
      throw error;
    });
    while (isDirty) {
      const part = tail.subarray(0, PART_BYTES);
      isDirty = tail.length > part.length;
      await bucket.put(partKey(key, start), part).catch((error: unknown) => {
        isDirty = true;
        throw error;
      });
      // What was appended meanwhile waits for its turn.
      if (part.length < PART_BYTES) return;
      tail = tail.subarray(part.length);
      start += part.length;
    }
  };
  /** One upload after the other. */
  const uploadNext = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const next = work.then(upload);
    work = next.catch(() => {});
    return next;
  };
  const uploadLater = (): void => {
    // What fails here is tried again with what comes next, or at the end.
    if (!isClosed) timer ??= setTimeout(() => void uploadNext().catch(() => uploadLater()), GROW_INTERVAL_MS).unref();
  };

  return {
    async append(bytes) {
      if (tail.length + bytes.byteLength > MAX_HELD_BYTES) {
        throw new DaybookError('unavailable', 'The output store has taken nothing of a log for too long');
      }
      if (bytes.byteLength === 0) return;
      tail = Buffer.concat([tail, bytes]);
      isDirty = true;
      // Whoever writes fast waits for S3; while S3 takes nothing, as much is held as may be.
      if (tail.length >= PART_BYTES) await uploadNext().catch(() => uploadLater());
      else uploadLater();
    },
    close() {
      isClosed = true;
      return uploadNext();
    },
  };
}
