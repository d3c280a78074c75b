import { join } from 'node:path';
import { DaybookError } from '@daybook/errors';
import type { FileSystem, LogFile } from './file-system.ts';
import { GroupCommit } from './group-commit.ts';
import type { Log, LogPosition, LogSegment } from './log.ts';
import type { RecoveredSegment } from './recover.ts';
import {
  isIntactRecord,
  isNewestVersion,
  MAX_RECORD_BYTES,
  RECORD_HEADER_BYTES,
  segmentFileName,
} from './segment-format.ts';
import { SegmentTail } from './segment-tail.ts';
import { TailSegment } from './tail-segment.ts';
import { readFully } from './transfer.ts';

/** How long a record that nobody commits may stay in memory. */
const IDLE_SYNC_MS = 1000;

/** What {@link SegmentLog} needs of the options, resolved. */
export interface ResolvedLogOptions {
  readonly directory: string;
  readonly segmentBytes: number;
  readonly durability: 'request' | 'async';
  readonly fileSystem: FileSystem;
  readonly onDiskFull: (error: DaybookError | undefined) => void;
}

/** The log over segment files. */
export class SegmentLog implements Log {
  readonly #options: ResolvedLogOptions;
  readonly #ended = new Map<number, { readonly file: LogFile; readonly bytes: number }>();
  readonly #tail: SegmentTail;
  readonly #commits: GroupCommit;
  #idleTimer: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: ResolvedLogOptions, recovered: readonly RecoveredSegment[]) {
    this.#options = options;
    const newest = recovered.at(-1);
    for (const { segment, file, bytes } of recovered.slice(0, -1)) this.#ended.set(segment, { file, bytes });
    this.#tail = new SegmentTail(
      options,
      newest === undefined ? this.#newSegment(1) : new TailSegment(newest.segment, newest.path, newest),
      ({ segment, file, bytes }) => this.#ended.set(segment, { file: file!, bytes }),
    );
    this.#commits = new GroupCommit(this.#tail, options.onDiskFull);
    // A segment of an older format is read, and never written to.
    if (newest !== undefined && !isNewestVersion(newest.version)) this.roll();
  }

  append(payload: Uint8Array | readonly Uint8Array[]): LogPosition {
    this.#requireUsable();
    const parts = payload instanceof Uint8Array ? [payload] : payload;
    let payloadBytes = 0;
    for (const part of parts) payloadBytes += part.length;
    if (payloadBytes === 0 || payloadBytes > MAX_RECORD_BYTES) {
      throw new DaybookError(
        'invalid-argument',
        `a log record has 1 to ${MAX_RECORD_BYTES} bytes of payload, not ${payloadBytes}`,
        { detail: { payloadBytes } },
      );
    }
    if (this.#tail.newest.bytes >= this.#options.segmentBytes) this.roll();
    const segment = this.#tail.newest;
    const offset = segment.append(parts, payloadBytes);
    this.#commits.guard(() => this.#tail.relieve());
    this.#syncWhenIdle();
    return { segment: segment.segment, offset };
  }

  commit(): Promise<void> {
    if (this.#options.durability === 'request') return this.sync();
    return this.#commits.failure === undefined ? Promise.resolve() : Promise.reject(this.#commits.failure);
  }

  turn(): Promise<void> {
    return this.#commits.turn();
  }

  sync(): Promise<void> {
    return this.#closed ?? this.#commits.commit();
  }

  read(position: LogPosition, length: number): Uint8Array {
    const ended = this.#ended.get(position.segment);
    const tail = ended === undefined ? this.#tail.find(position.segment) : undefined;
    const { file, bytes: end = 0 } = ended ?? tail ?? {};
    const bytes =
      tail?.readBuffered(position.offset, length) ??
      (file === undefined || position.offset + length > end ? undefined : readFile(file, position.offset, length));
    if (bytes?.length !== length) {
      throw new DaybookError(
        'corrupt',
        `the log in ${this.#options.directory} has no ${length} bytes at byte ${position.offset} of segment ${position.segment}`,
        { detail: { ...position, length } },
      );
    }
    return bytes;
  }

  readRecord({ segment, offset }: LogPosition, length: number): Uint8Array {
    let cause: unknown;
    try {
      const record = this.read({ segment, offset: offset - RECORD_HEADER_BYTES }, RECORD_HEADER_BYTES + length);
      const payload = record.subarray(RECORD_HEADER_BYTES);
      if (isIntactRecord(record, payload)) return payload;
    } catch (error) {
      cause = error;
    }
    const path = join(this.#options.directory, segmentFileName(segment));
    const what = cause instanceof Error ? `cannot be read: ${cause.message}` : 'is not as it was written';
    throw new DaybookError('corrupt', `${path} is damaged: the record at byte ${offset} ${what}`, {
      detail: { path, offset },
      cause,
    });
  }

  end(): LogPosition {
    return { segment: this.#tail.newest.segment, offset: this.#tail.newest.bytes };
  }

  segments(): readonly LogSegment[] {
    const ended = [...this.#ended].map(([segment, { bytes }]) => ({ segment, bytes }));
    return [...ended, ...this.#tail.segments()].sort((a, b) => a.segment - b.segment);
  }

  roll(): void {
    this.#requireUsable();
    this.#tail.roll(this.#newSegment(this.#tail.newest.segment + 1));
    this.#syncWhenIdle();
  }

  async removeSegment(segment: number): Promise<void> {
    if (segment === this.#tail.newest.segment) {
      throw new DaybookError('invalid-argument', `segment ${segment} is written to and cannot be removed`);
    }
    await this.sync();
    const ended = this.#ended.get(segment);
    if (ended === undefined) {
      throw new DaybookError('not-found', `the log in ${this.#options.directory} has no segment ${segment}`);
    }
    this.#ended.delete(segment);
    ended.file.close();
    await this.#options.fileSystem.remove(join(this.#options.directory, segmentFileName(segment)));
    await this.#options.fileSystem.syncDirectory(this.#options.directory);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    await this.#commits.stop();
    try {
      await this.#syncAndMark();
      await this.#tail.trim();
    } finally {
      for (const { file } of this.#ended.values()) file.close();
      this.#tail.close();
    }
  }

  #requireUsable(): void {
    if (this.#commits.failure !== undefined) throw this.#commits.failure;
    if (this.#closed !== undefined)
      throw new DaybookError('unavailable', `the log in ${this.#options.directory} is closed`);
  }

  #syncWhenIdle(): void {
    this.#idleTimer ??= setTimeout(() => {
      this.#idleTimer = undefined;
      // A failure is kept by the group commit and met by the next append or commit.
      this.#syncAndMark().catch(() => {});
    }, IDLE_SYNC_MS).unref();
  }

  /** Puts everything on disk, and then that it is there, which tells later damage from a torn end. */
  async #syncAndMark(): Promise<void> {
    await this.#commits.commit();
    if (this.#tail.newest.markSynced()) await this.#commits.commit();
  }

  #newSegment(segment: number): TailSegment {
    return new TailSegment(segment, join(this.#options.directory, segmentFileName(segment)));
  }
}

function readFile(file: LogFile, offset: number, length: number): Uint8Array {
  const target = Buffer.allocUnsafe(length);
  return target.subarray(0, readFully(file, target, offset));
}
