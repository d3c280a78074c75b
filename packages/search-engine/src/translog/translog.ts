import type { Log, LogPosition } from '@daybook/durable-log';
import { DaybookError, isDaybookError } from '@daybook/errors';
import type { CatalogChange } from '../engine/catalog.ts';
import { RecentSources } from './recent-sources.ts';
import { type DocumentRecord, documentHeaderBytes, encodeCatalogChange, encodeDocumentHeader } from './record.ts';

/** What identifies one write. */
export type WriteIdentity = Pick<DocumentRecord, 'indexNumber' | 'seqNo' | 'version' | 'id' | 'routing'>;

/** Whose source it is. */
export interface SourceOwner {
  readonly index: string;
  readonly id: string;
  readonly routing: string | undefined;
}

/** Where a source went: what the document table keeps. */
export interface SourceLocation {
  readonly source: LogPosition;
  readonly sourceBytes: number;
}

/** What a translog starts with, and whom it tells of what happens. */
export interface TranslogOptions {
  readonly recordsSinceCheckpoint: number;
  /** Called after each record. */
  readonly onRecord: () => void;
  /** Called once for each source that was found damaged, up to a thousand. */
  readonly onDamage: (error: DaybookError) => void;
}

const MAX_TOLD_DAMAGE = 1000;

/** Writes records to the log, reads sources back, and counts what a restart would have to replay. */
export class Translog {
  readonly #log: Log;
  readonly #options: TranslogOptions;
  /** Places of damaged sources. */
  readonly #toldDamage: Set<string> = new Set();
  readonly #recent: RecentSources = new RecentSources();
  #recordsSinceCheckpoint: number;

  constructor(log: Log, options: TranslogOptions) {
    this.#log = log;
    this.#options = options;
    this.#recordsSinceCheckpoint = options.recordsSinceCheckpoint;
  }

  get recordsSinceCheckpoint(): number {
    return this.#recordsSinceCheckpoint;
  }

  /** Starts the count anew and returns where the next record will be. */
  startCheckpoint(): LogPosition {
    this.#recordsSinceCheckpoint = 0;
    return this.#log.end();
  }

  appendSource(type: 'index' | 'move', write: WriteIdentity, source: Uint8Array): SourceLocation {
    const header = encodeDocumentHeader(type, write.indexNumber, write.seqNo, write.version, write.id, write.routing);
    const { segment, offset } = this.#log.append([header, source]);
    this.#count();
    return { source: { segment, offset: offset + header.length }, sourceBytes: source.length };
  }

  appendDeletion(write: WriteIdentity): void {
    this.#log.append(encodeDocumentHeader('delete', write.indexNumber, write.seqNo, write.version, write.id));
    this.#count();
  }

  appendCatalogChange(change: CatalogChange): void {
    this.#log.append(encodeCatalogChange(change));
    this.#count();
  }

  /** A source, from memory where it was read lately; one that is not as it was written is `corrupt`. */
  source(document: SourceOwner, location: SourceLocation): Uint8Array {
    return this.#recent.at(location.source, () => this.readSource(document, location));
  }

  /** As {@link source}, from the disk. */
  readSource(document: SourceOwner, location: SourceLocation): Uint8Array {
    const { source, sourceBytes } = location;
    const headerBytes = documentHeaderBytes(document.id, document.routing);
    const position = { segment: source.segment, offset: source.offset - headerBytes };
    try {
      return this.#log.readRecord(position, headerBytes + sourceBytes).subarray(headerBytes);
    } catch (error) {
      if (!isDaybookError(error, 'corrupt')) throw error;
      const { index, id } = document;
      const message = `the source of document [${id}] of index [${index}] cannot be read: ${error.message}`;
      const damage = new DaybookError('corrupt', message, { detail: { ...error.detail, index, id } });
      this.#tellDamage(`${position.segment}:${position.offset}`, damage);
      throw damage;
    }
  }

  #tellDamage(place: string, error: DaybookError): void {
    if (this.#toldDamage.has(place) || this.#toldDamage.size >= MAX_TOLD_DAMAGE) return;
    this.#toldDamage.add(place);
    this.#options.onDamage(error);
  }

  #count(): void {
    this.#recordsSinceCheckpoint++;
    this.#options.onRecord();
  }
}
