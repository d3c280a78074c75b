import type { LogFile } from './file-system.ts';

const ZERO_CHUNK_BYTES = 256 * 1024;

/** Fills `target` from `offset` as far as the file goes and returns the bytes read. */
export function readFully(file: LogFile, target: Uint8Array, offset: number): number {
  let done = 0;
  while (done < target.length) {
    const read = file.read(target.subarray(done), offset + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

/** Writes all of `bytes` at `offset`. */
export function writeFully(file: LogFile, bytes: Uint8Array, offset: number): void {
  let done = 0;
  while (done < bytes.length) {
    const written = file.write(bytes.subarray(done), offset + done);
    if (written <= 0) throw new Error(`the file system accepted none of ${bytes.length - done} bytes`);
    done += written;
  }
}

/** Where the zeros begin that the file ends with: `offset` where it holds zeros alone from there on. */
export function startOfZeros(file: LogFile, offset: number): number {
  const chunk = Buffer.alloc(ZERO_CHUNK_BYTES);
  let start = offset;
  for (let at = offset; ; ) {
    const read = readFully(file, chunk, at);
    const last = chunk.subarray(0, read).findLastIndex((byte) => byte !== 0);
    if (last >= 0) start = at + last + 1;
    if (read < chunk.length) return start;
    at += read;
  }
}
