import { crc32c } from './crc32c.ts';
import type { LogFile } from './file-system.ts';
import { RECORD_HEADER_BYTES } from './segment-format.ts';
import { readFully } from './transfer.ts';

/** The payload's length of a mark. */
export const SYNC_MARK_BYTES = 24;

const MAGIC = Buffer.from('\0DBSYNC\0', 'latin1');
const CHUNK_BYTES = 1024 * 1024;

/** A record's payload that says: every byte of the segment before `syncedBytes` was on disk when this was written at `offset`. */
export function encodeSyncMark(offset: number, syncedBytes: number): Buffer {
  const mark = Buffer.alloc(SYNC_MARK_BYTES);
  MAGIC.copy(mark);
  mark.writeDoubleLE(offset, 8);
  mark.writeDoubleLE(syncedBytes, 16);
  return mark;
}

/** What the payload at `offset` says to be on disk; undefined when it is no mark. */
export function parseSyncMark(payload: Uint8Array, offset: number): number | undefined {
  if (payload.length !== SYNC_MARK_BYTES) return undefined;
  const mark = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return MAGIC.equals(mark.subarray(0, 8)) && mark.readDoubleLE(8) === offset ? mark.readDoubleLE(16) : undefined;
}

/** Whether a mark behind byte `at` says that this byte was on disk. Reads on where no record can be read. */
export function wasSynced(file: LogFile, at: number): boolean {
  const fileBytes = file.size();
  const markBytes = RECORD_HEADER_BYTES + SYNC_MARK_BYTES;
  for (let start = at; start < fileBytes; start += CHUNK_BYTES) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES + markBytes, fileBytes - start));
    readFully(file, chunk, start);
    for (let found = chunk.indexOf(MAGIC); found >= 0; found = chunk.indexOf(MAGIC, found + 1)) {
      const payload = chunk.subarray(found, found + SYNC_MARK_BYTES);
      const header = found - RECORD_HEADER_BYTES;
      const syncedBytes = parseSyncMark(payload, start + found);
      if (syncedBytes === undefined || syncedBytes <= at || header < 0) continue;
      if (chunk.readUInt32LE(header) === SYNC_MARK_BYTES && chunk.readUInt32LE(header + 4) === crc32c(payload))
        return true;
    }
  }
  return false;
}
