import type { DaybookError } from '@daybook/errors';
import type { FileSystem } from './file-system.ts';

/** Where a record's payload starts. Positions are ordered by segment, then offset. */
export interface LogPosition {
  readonly segment: number;
  /** Bytes from the segment file's start. */
  readonly offset: number;
}

/** One segment file of a log. */
export interface LogSegment {
  readonly segment: number;
  readonly bytes: number;
}

/**
 * An append-only log of records over segment files in one directory, whose format stands in FORMAT.md.
 *
 * Records keep the order of their appends. `append` is synchronous and only buffers; a record is durable once a `commit`
 * that was called after its append has resolved. All commits of one turn of the event loop share one write and one
 * fdatasync. What was acknowledged stays readable whatever fails later:
 * - While the disk is full, appends throw and commits reject with `unavailable`, of which `isDiskFull` is true. Records that were appended
 *   before are kept, and written once there is room: that is tried once a second, and then the log goes on.
 * - After any other failed write, and a failed fdatasync, the log is failed for good: every later append and commit rejects with
 *   `unavailable`, and nothing is retried.
 */
export interface Log {
  /**
   * Buffers one record; several parts are joined without a copy of their own. Readable at once, durable after {@link commit}. A
   * record that nobody commits follows within a second. Blocks only while the disk is more than 64 MiB behind.
   */
  append(payload: Uint8Array | readonly Uint8Array[]): LogPosition;
  /** Resolves when every record appended so far is on disk. With durability `async` it resolves at once. */
  commit(): Promise<void>;
  /**
   * Resolves within this turn of the event loop, once all that has come in it is read: records of many requests are best appended and committed
   * then, one behind another, since they share a write and an fdatasync even if none was under way.
   */
  turn(): Promise<void>;
  /** As {@link commit} with durability `request`, whatever the log's own: for a checkpoint, which names a position of the log. */
  sync(): Promise<void>;
  /** The `length` bytes at `position` (of one record's payload, or a part of it), whether or not they are on disk yet. Synchronous. */
  read(position: LogPosition, length: number): Uint8Array;
  /**
   * The whole payload of the record at `position`, whose `length` the caller knows. One that is not as it was appended is `corrupt`, with
   * the file's `path` and the record's `offset` in the detail.
   */
  readRecord(position: LogPosition, length: number): Uint8Array;
  /** The position where the next record's header will start. */
  end(): LogPosition;
  /** Segments from oldest to newest; the last one is written to. */
  segments(): readonly LogSegment[];
  /** Ends the newest segment and starts the next. */
  roll(): void;
  /** Deletes a segment that is not the newest, and syncs the directory. */
  removeSegment(segment: number): Promise<void>;
  /** Commits what is buffered and closes the files. */
  close(): Promise<void>;
}

/** How to open a log. */
export interface LogOptions {
  readonly directory: string;
  /** A segment is ended once it holds this many bytes. */
  readonly segmentBytes?: number;
  /** `request`: commit waits for fdatasync. `async`: commit resolves at once and the disk follows within a second. */
  readonly durability?: 'request' | 'async';
  /** Replay starts at this header position (default: the oldest segment's start). */
  readonly from?: LogPosition;
  /**
   * Called for each intact record in order. Replay stops at the first bad record and truncates there, before anything is
   * appended, when only the tail of the newest segment is torn; a bad record anywhere else is `corrupt` and the log does not open.
   * A payload may be kept; it shares the memory of its neighbours.
   */
  readonly replay?: (payload: Uint8Array, position: LogPosition) => void;
  /** Told, before the log opens, that this many bytes of the newest segment were torn and have been cut off, with the zeros behind them. */
  readonly onTornTail?: (position: LogPosition, bytes: number) => void;
  /** Told when the disk is full, and with undefined when there is room again. */
  readonly onDiskFull?: (error: DaybookError | undefined) => void;
  /** Where the files are; the operating system's unless told otherwise. */
  readonly fileSystem?: FileSystem;
}
