import { type FileSystem, type Log, type LogPosition, openLog } from '@daybook/durable-log';
import { DaybookError } from '@daybook/errors';
import type { EventVisitor, JournalEvent } from './journal-event.ts';
import { decodeRecord, encodeRecord } from './journal-record.ts';
import type { ContentPlace, MessageContent } from './message.ts';

const SEGMENT_BYTES = 64 * 1024 * 1024;
const MIN_COMPACTION_BYTES = 32 * 1024 * 1024;

/** How to open a journal. */
export interface JournalOptions {
  readonly directory: string;
  /** Called for each event of each whole record, in order; the events of messages come without their content. */
  readonly replay: EventVisitor;
  readonly onTornTail?: ((position: LogPosition, bytes: number) => void) | undefined;
  readonly onDiskFull?: ((error: Error | undefined) => void) | undefined;
  readonly fileSystem?: FileSystem | undefined;
}

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

  static async open({ directory, replay, onTornTail, onDiskFull, fileSystem }: JournalOptions): Promise<Journal> {
    const log = await openLog({
      directory,
      segmentBytes: SEGMENT_BYTES,
      ...(onTornTail && { onTornTail }),
      ...(onDiskFull && { onDiskFull }),
      ...(fileSystem && { fileSystem }),
      replay: (payload, position) => {
        try {
          decodeRecord(payload, position, replay);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          const place = `byte ${position.offset} of segment ${position.segment} of ${directory}`;
          throw new DaybookError('corrupt', `the record at ${place} is no journal record`, { cause: error });
        }
      },
    });
    return new Journal(log);
  }

  /** Whether the journal has grown so much that it should be compacted. */
  get grown(): boolean {
    return this.#bytes >= Math.max(MIN_COMPACTION_BYTES, 2 * this.#compactedBytes);
  }

  /** Says how much of the journal is not outdated, so that it is not compacted for nothing when it was just opened. */
  assumeCompacted(bytes: number): void {
    this.#compactedBytes = bytes;
  }

  /** Appends one record and visits its events; it is durable after {@link sync}. */
  append(events: readonly JournalEvent[], visit: EventVisitor): void {
    const { payload, contents } = encodeRecord(events);
    const { segment, offset } = this.#log.append(payload);
    for (const [at, event] of events.entries()) {
      const content = contents[at];
      visit(event, content && { segment, offset: offset + content.start, bytes: content.bytes });
    }
    this.#bytes += payload.length;
  }

  sync(): Promise<void> {
    return this.#log.commit();
  }

  /** The content of a message as JSON. Reads from the disk what is not in its cache. */
  readContent({ segment, offset, bytes }: ContentPlace): Uint8Array {
    return this.#log.read({ segment, offset }, bytes);
  }

  parseContent(content: ContentPlace): MessageContent {
    const bytes = this.readContent(content);
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  }

  /**
   * Writes the whole state anew and deletes what was there before. Each group of `state` is one record, made at the moment that it is
   * asked for; between groups other records may come. `visit` learns where contents are now, before their old place goes.
   */
  async compact(state: Iterable<readonly JournalEvent[]>, visit: EventVisitor): Promise<void> {
    const outdated = this.#log.segments();
    this.#log.roll();
    this.#bytes = 0;
    for (const events of state) {
      this.append(events, visit);
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
