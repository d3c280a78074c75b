import { type FileSystem, type Log, openLog } from '@daybook/durable-log';
import { DaybookError } from '@daybook/errors';
import type { JournalEvent } from './journal-event.ts';

const SEGMENT_BYTES = 64 * 1024 * 1024;
const MIN_COMPACTION_BYTES = 32 * 1024 * 1024;

/** The events of the bus in a durable log; their format stands in JOURNAL.md. */
export class Journal {
  readonly #log: Log;
  /** Bytes that the last compaction wrote. */
  #compactedBytes = 0;
  #bytes: number;

  private constructor(log: Log) {
    this.#log = log;
    this.#bytes = log.segments().reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Calls `replay` for each event of each whole record, in order. */
  static async open(
    directory: string,
    replay: (event: JournalEvent) => void,
    fileSystem?: FileSystem,
  ): Promise<Journal> {
    const log = await openLog({
      directory,
      segmentBytes: SEGMENT_BYTES,
      ...(fileSystem && { fileSystem }),
      replay: (payload, position) => {
        for (const event of parseEvents(payload, directory, position.segment, position.offset)) replay(event);
      },
    });
    return new Journal(log);
  }

  /** Whether the journal has grown so much that it should be compacted. */
  get grown(): boolean {
    return this.#bytes >= Math.max(MIN_COMPACTION_BYTES, 2 * this.#compactedBytes);
  }

  /** Appends one record; it is durable after {@link sync}. */
  append(events: readonly JournalEvent[]): void {
    const payload = Buffer.from(JSON.stringify(events));
    this.#log.append(payload);
    this.#bytes += payload.length;
  }

  sync(): Promise<void> {
    return this.#log.commit();
  }

  /**
   * Writes the whole state anew and deletes what was there before. Each group of `state` is one record, made at the moment that it is
   * asked for; between groups other records may come.
   */
  async compact(state: Iterable<readonly JournalEvent[]>): Promise<void> {
    const outdated = this.#log.segments();
    this.#log.roll();
    this.#bytes = 0;
    for (const events of state) {
      this.append(events);
      await this.sync();
    }
    await this.#log.sync();
    for (const { segment } of outdated) await this.#log.removeSegment(segment);
    this.#compactedBytes = this.#bytes;
  }

  async close(): Promise<void> {
    await this.#log.close();
  }
}

function parseEvents(payload: Uint8Array, directory: string, segment: number, offset: number): readonly JournalEvent[] {
  try {
    return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (error) {
    const place = `byte ${offset} of segment ${segment} of ${directory}`;
    throw new DaybookError('corrupt', `the record at ${place} is no journal record`, { cause: error });
  }
}
