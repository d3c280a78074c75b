import { crc32c } from './crc32c.ts';
import { asDiskFull, isDiskFull } from './disk-full.ts';
import type { FileSystem, LogFile } from './file-system.ts';
import { encodeSegmentHeader, RECORD_HEADER_BYTES, SEGMENT_HEADER_BYTES } from './segment-format.ts';
import { encodeSyncMark, SYNC_MARK_BYTES } from './sync-mark.ts';
import { writeFully } from './transfer.ts';

/** A buffer larger than this is given back to the allocator once it has been written. */
const KEPT_BUFFER_BYTES = 4 * 1024 * 1024;
const FIRST_BUFFER_BYTES = 64 * 1024;
/** Room that is made in the file at once: so much is written twice, and most commits find room. A longer write makes none. */
const ROOM_BYTES = 256 * 1024;

/**
 * A segment whose end is not all on disk yet: bytes that are synced, then bytes that are written, then bytes that are buffered.
 * Its file is opened by {@link create}, which may be long after the first append.
 */
export class TailSegment {
  readonly segment: number;
  readonly path: string;
  #file: LogFile | undefined;
  #buffer: Buffer = Buffer.alloc(0);
  #buffered = 0;
  #writtenBytes: number;
  #syncedBytes: number;
  /** With zeros behind what is written. */
  #fileBytes: number;
  /** What the last sync mark says. */
  #markedBytes = 0;
  /** Whether something else was appended behind the last mark. */
  #isUnmarked = false;

  /** `file` is given for a segment that exists, of `bytes` bytes which recovery has synced. */
  constructor(segment: number, path: string, existing?: { file: LogFile; bytes: number }) {
    this.segment = segment;
    this.path = path;
    this.#file = existing?.file;
    this.#writtenBytes = existing?.bytes ?? 0;
    this.#syncedBytes = existing?.bytes ?? 0;
    this.#fileBytes = existing?.bytes ?? 0;
    if (existing === undefined) this.#put([encodeSegmentHeader(segment)], SEGMENT_HEADER_BYTES);
  }

  get bytes(): number {
    return this.#writtenBytes + this.#buffered;
  }

  get bufferedBytes(): number {
    return this.#buffered;
  }

  get syncedBytes(): number {
    return this.#syncedBytes;
  }

  /** Whether there are zeros behind what is written. */
  get hasRoom(): boolean {
    return this.#fileBytes > this.#writtenBytes;
  }

  get file(): LogFile | undefined {
    return this.#file;
  }

  /** Buffers a record and returns the offset of its payload. The first one behind a sync follows a mark of it. */
  append(parts: readonly Uint8Array[], payloadBytes: number): number {
    if (this.#syncedBytes > this.#markedBytes) this.#mark();
    this.#isUnmarked = true;
    return this.#record(parts, payloadBytes);
  }

  /** Buffers a mark when everything is on disk and no mark says so; tells whether it did. */
  markSynced(): boolean {
    if (!this.#isUnmarked || this.#syncedBytes < this.bytes) return false;
    this.#mark();
    return true;
  }

  #mark(): void {
    this.#markedBytes = this.#syncedBytes;
    this.#isUnmarked = false;
    const offset = this.bytes + RECORD_HEADER_BYTES;
    this.#record([encodeSyncMark(offset, this.#syncedBytes)], SYNC_MARK_BYTES);
  }

  #record(parts: readonly Uint8Array[], payloadBytes: number): number {
    this.#reserve(RECORD_HEADER_BYTES + payloadBytes);
    let checksum = 0;
    for (const part of parts) checksum = crc32c(part, checksum);
    this.#buffer.writeUInt32LE(payloadBytes, this.#buffered);
    this.#buffer.writeUInt32LE(checksum, this.#buffered + 4);
    this.#buffered += RECORD_HEADER_BYTES;
    const offset = this.bytes;
    this.#put(parts, payloadBytes);
    return offset;
  }

  /** A copy of buffered bytes, or undefined when they are in the file. */
  readBuffered(offset: number, length: number): Uint8Array | undefined {
    const start = offset - this.#writtenBytes;
    return start < 0
      ? undefined
      : Uint8Array.prototype.slice.call(this.#buffer, start, Math.min(start + length, this.#buffered));
  }

  create(fileSystem: FileSystem): void {
    this.#file = fileSystem.open(this.path, 'create');
  }

  /** Hands what is buffered to the operating system. When it throws, the buffer stays readable. */
  write(): void {
    const file = this.#openFile();
    const bytes = this.#buffered;
    writeFully(file, this.#buffer.subarray(0, bytes), this.#writtenBytes);
    this.#writtenBytes += bytes;
    this.#buffered = 0;
    if (this.#buffer.length > KEPT_BUFFER_BYTES) this.#buffer = Buffer.alloc(0);
    if (this.#writtenBytes > this.#fileBytes) this.#makeRoom(file, bytes < ROOM_BYTES ? ROOM_BYTES : 0);
  }

  #makeRoom(file: LogFile, bytes: number): void {
    this.#fileBytes = this.#writtenBytes + bytes;
    if (bytes === 0) return;
    try {
      file.preallocate(this.#writtenBytes, this.#fileBytes);
    } catch (error) {
      // Writes go on without room: one of them says so when the disk is full.
      if (!isDiskFull(asDiskFull(error))) throw error;
    }
  }

  /** Cuts off the zeros behind what is written, which the next sync makes durable. */
  trim(): void {
    if (!this.hasRoom) return;
    this.#openFile().truncate(this.#writtenBytes);
    this.#fileBytes = this.#writtenBytes;
  }

  async sync(): Promise<void> {
    const bytes = this.#writtenBytes;
    await this.#openFile().sync();
    this.#syncedBytes = Math.max(this.#syncedBytes, bytes);
  }

  syncBlocking(): void {
    this.#openFile().syncBlocking();
    this.#syncedBytes = this.#writtenBytes;
  }

  #openFile(): LogFile {
    if (this.#file === undefined) throw new Error(`${this.path} has not been created`);
    return this.#file;
  }

  #put(parts: readonly Uint8Array[], bytes: number): void {
    this.#reserve(bytes);
    for (const part of parts) {
      this.#buffer.set(part, this.#buffered);
      this.#buffered += part.length;
    }
  }

  #reserve(bytes: number): void {
    const needed = this.#buffered + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2, FIRST_BUFFER_BYTES));
    this.#buffer.copy(larger, 0, 0, this.#buffered);
    this.#buffer = larger;
  }
}
