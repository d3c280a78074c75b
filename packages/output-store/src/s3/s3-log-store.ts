import { attemptOfLogs } from '../log-names.ts';
import type { LogStore } from '../log-store.ts';
import type { ByteRange } from '../stored-file.ts';
import type { StoreKeys } from './keys.ts';
import { type LogPart, logKey, readParts, sizeOf } from './log-parts.ts';
import { GROW_INTERVAL_MS, openLogWriter } from './log-writer.ts';
import { lazily } from './read-outputs.ts';
import type { StoreBucket } from './store-bucket.ts';

/** The logs of a store in S3. */
export function buildS3LogStore(bucket: StoreBucket, keys: StoreKeys): LogStore {
  return {
    growIntervalMs: GROW_INTERVAL_MS,
    create: (jobId, attempt) => bucket.put(keys.logs(jobId, attempt), ''),
    async append(jobId, attempt, name) {
      const place = keys.logs(jobId, attempt);
      return openLogWriter(bucket, place, logKey(place, name));
    },
    async newestAttempt(jobId) {
      const job = keys.job(jobId);
      let newest = 0;
      for await (const { prefixes } of bucket.pages({ prefix: job, delimiter: '/' })) {
        for (const prefix of prefixes) newest = Math.max(newest, attemptOfLogs(prefix.slice(job.length, -1)) ?? 0);
      }
      return newest || undefined;
    },
    async list(jobId, attempt) {
      const logs = await readParts(bucket, keys.logs(jobId, attempt));
      return logs && [...logs].map(([name, parts]) => ({ name, sizeBytes: sizeOf(parts) })).sort(byName);
    },
    async open(jobId, attempt, name) {
      const place = keys.logs(jobId, attempt);
      const parts = (await readParts(bucket, place, logKey(place, name)))?.get(name);
      const last = parts?.at(-1);
      if (parts === undefined || last === undefined) return undefined;
      const sizeBytes = sizeOf(parts);
      return {
        kind: 'file',
        name,
        sizeBytes,
        modifiedTime: last.modifiedTime,
        read: (range = { start: 0, end: sizeBytes - 1 }) => lazily(async () => readRange(bucket, parts, range)),
      };
    },
  };
}

/** A part that has grown since it was listed begins as it did. */
async function* readRange(bucket: StoreBucket, parts: readonly LogPart[], { start, end }: ByteRange) {
  for (const part of parts) {
    const from = Math.max(0, start - part.start);
    const to = Math.min(part.sizeBytes - 1, end - part.start);
    if (from <= to) yield* (await bucket.read(part.key, { start: from, end: to })) as AsyncIterable<Buffer>;
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
