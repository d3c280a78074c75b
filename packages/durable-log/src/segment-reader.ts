import { crc32c } from './crc32c.ts';
import type { LogFile } from './file-system.ts';
import { RECORD_HEADER_BYTES } from './segment-format.ts';
import { parseSyncMark } from './sync-mark.ts';
import { readFully } from './transfer.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Calls `visit` for each intact record that is no sync mark from the header at `from`, in order, and returns the offset where the last one ended:
 * the file's size unless something there is no intact record.
 */
export function scanRecords(file: LogFile, from: number, visit: (payload: Uint8Array, offset: number) => void): number {
  const fileBytes = file.size();
  let at = from;
  let chunk: Buffer = Buffer.alloc(0);
  let chunkStart = from;

  const load = (bytes: number): boolean => {
    if (at - chunkStart + bytes <= chunk.length) return true;
    if (at + bytes > fileBytes) return false;
    const larger = Buffer.allocUnsafeSlow(Math.min(Math.max(bytes, CHUNK_BYTES), fileBytes - at));
    chunk = larger.subarray(0, readFully(file, larger, at));
    chunkStart = at;
    return bytes <= chunk.length;
  };

  while (load(RECORD_HEADER_BYTES)) {
    const length = chunk.readUInt32LE(at - chunkStart);
    const checksum = chunk.readUInt32LE(at - chunkStart + 4);
    if (length === 0 || !load(RECORD_HEADER_BYTES + length)) break;
    const start = at - chunkStart + RECORD_HEADER_BYTES;
    const payload = chunk.subarray(start, start + length);
    if (crc32c(payload) !== checksum) break;
    if (parseSyncMark(payload, at + RECORD_HEADER_BYTES) === undefined) visit(payload, at + RECORD_HEADER_BYTES);
    at += RECORD_HEADER_BYTES + length;
  }
  return at;
}
