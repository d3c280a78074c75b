import { buffer } from 'node:stream/consumers';
import type { StoredFile } from '@daybook/output-store';

const CHUNK_BYTES = 64 * 1024;
/** Lines without an end must not make a server read all of a log. */
const MAX_BYTES = 16 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** Where the last `count` lines of a log begin, in bytes; at most 16 MiB before its end. */
export async function startOfLastLines(log: StoredFile, count: number): Promise<number> {
  const { sizeBytes } = log;
  const limit = Math.max(0, sizeBytes - MAX_BYTES);
  let found = 0;
  for (let end = sizeBytes; end > limit; ) {
    const start = Math.max(limit, end - CHUNK_BYTES);
    const chunk = await buffer(log.read({ start, end: end - 1 }));
    for (let at = chunk.length - 1; at >= 0; at -= 1) {
      // The line feed that ends the last line begins no other.
      if (chunk[at] === LINE_FEED && start + at + 1 < sizeBytes && ++found === count) return start + at + 1;
    }
    end = start;
  }
  return limit;
}
