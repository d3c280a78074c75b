import { takeRoom } from './disk-full.ts';
import type { FileSystem } from './file-system.ts';
import type { LogSegment } from './log.ts';
import type { TailSegment } from './tail-segment.ts';

/** Above this the buffer is handed to the operating system without waiting for a commit. */
const WRITE_THROUGH_BYTES = 1024 * 1024;
/** Above this the log blocks until the segments that wait for their predecessor's sync have their files. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024;

/**
 * The segments that are not all on disk yet, oldest first; the last is appended to. Only the first has a file: the next one's is
 * created after the first is synced to its end, so that a crash tears no segment but the newest.
 */
export class SegmentTail {
  readonly #options: { readonly directory: string; readonly fileSystem: FileSystem };
  readonly #segments: TailSegment[];
  readonly #onEnded: (segment: TailSegment) => void;
  #directoryChanged = false;

  constructor(
    options: { readonly directory: string; readonly fileSystem: FileSystem },
    first: TailSegment,
    onEnded: (segment: TailSegment) => void,
  ) {
    this.#options = options;
    this.#segments = [first];
    this.#onEnded = onEnded;
    if (first.file === undefined) this.#create(first);
  }

  get newest(): TailSegment {
    return this.#segments.at(-1)!;
  }

  /** Whether every byte that was appended is on disk. */
  get synced(): boolean {
    return this.#segments.length === 1 && this.newest.syncedBytes === this.newest.bytes && !this.#directoryChanged;
  }

  find(segment: number): TailSegment | undefined {
    return this.#segments.find((candidate) => candidate.segment === segment);
  }

  segments(): LogSegment[] {
    return this.#segments.map(({ segment, bytes }) => ({ segment, bytes }));
  }

  roll(next: TailSegment): void {
    this.#segments.push(next);
  }

  /** Puts on disk what is appended now. What is appended while this runs may be left for the next call. */
  async sync(): Promise<void> {
    if (this.synced) return;
    const { segment, bytes } = this.newest;
    for (;;) {
      const first = this.#segments[0]!;
      this.#write(first);
      if (this.#segments.length > 1) first.trim();
      await first.sync();
      if (this.#directoryChanged) {
        this.#directoryChanged = false;
        await this.#options.fileSystem.syncDirectory(this.#options.directory);
      }
      this.#advance();
      const now = this.#segments[0]!;
      if (now.segment > segment || (now.segment === segment && now.syncedBytes >= bytes)) return;
    }
  }

  /** Keeps the buffers bounded; blocks the event loop only when several segments wait for the disk. */
  relieve(): void {
    if (this.#segments.length === 1) {
      if (this.newest.bufferedBytes > WRITE_THROUGH_BYTES) this.#write(this.newest);
      return;
    }
    let buffered = 0;
    for (const { bufferedBytes } of this.#segments) buffered += bufferedBytes;
    if (buffered <= MAX_BUFFERED_BYTES) return;
    while (this.#segments.length > 1) {
      this.#write(this.#segments[0]!);
      this.#segments[0]!.trim();
      this.#segments[0]!.syncBlocking();
      this.#options.fileSystem.syncDirectoryBlocking(this.#options.directory);
      this.#advance();
    }
    this.#write(this.newest);
  }

  /** Leaves nothing behind what is written. Everything must be on disk by then. */
  async trim(): Promise<void> {
    if (!this.newest.hasRoom) return;
    this.newest.trim();
    await this.newest.sync();
  }

  close(): void {
    for (const { file } of this.#segments) file?.close();
  }

  /** Drops the first segment when another waits behind it and it is synced to its end, with nothing behind that. */
  #advance(): void {
    const first = this.#segments[0]!;
    if (this.#segments.length === 1 || first.syncedBytes < first.bytes || first.hasRoom) return;
    this.#segments.shift();
    this.#onEnded(first);
  }

  /** Nothing is lost when it throws, and the next call begins where this one did. */
  #write(segment: TailSegment): void {
    takeRoom(() => {
      if (segment.file === undefined) this.#create(segment);
      segment.write();
    });
  }

  #create(segment: TailSegment): void {
    segment.create(this.#options.fileSystem);
    this.#directoryChanged = true;
  }
}
