import type { Log, LogPosition } from '@daybook/durable-log';
import type { CatalogChange } from '../engine/catalog.ts';
import { type DocumentRecord, encodeCatalogChange, encodeDocumentHeader } from './record.ts';

/** What identifies one write. */
export type WriteIdentity = Pick<DocumentRecord, 'indexNumber' | 'seqNo' | 'version' | 'id'>;

/** Where a source went: what the document table keeps. */
export interface SourceLocation {
  readonly source: LogPosition;
  readonly sourceBytes: number;
}

/** Writes records to the log, reads sources back, and counts what a restart would have to replay. */
export class Translog {
  readonly #log: Log;
  readonly #onRecord: () => void;
  #recordsSinceCheckpoint: number;

  /** `onRecord` is called after each record. */
  constructor(log: Log, recordsSinceCheckpoint: number, onRecord: () => void) {
    this.#log = log;
    this.#recordsSinceCheckpoint = recordsSinceCheckpoint;
    this.#onRecord = onRecord;
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
    const header = encodeDocumentHeader(type, write.indexNumber, write.seqNo, write.version, write.id);
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

  readSource({ source, sourceBytes }: SourceLocation): Uint8Array {
    return this.#log.read(source, sourceBytes);
  }

  #count(): void {
    this.#recordsSinceCheckpoint++;
    this.#onRecord();
  }
}
