import type { LogPosition } from '@daybook/durable-log';
import { DaybookError } from '@daybook/errors';
import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import type { CommitPoint } from '../checkpoint/commit-point.ts';
import { buildMapping } from '../index/build-mapping.ts';
import { IndexData } from '../index/index-data.ts';
import { parseSource } from '../index/source.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { parseDocument } from '../mapping/parse-document.ts';
import type { ParsedDocument } from '../mapping/parsed-document.ts';
import { type DocumentRecord, decodeRecord, documentHeaderBytes } from '../translog/record.ts';
import { addCounts, NOTHING_WRITTEN, type TranslogCount } from '../translog/translog-count.ts';
import { Catalog, type CatalogChange } from './catalog.ts';

/** Brings the catalog and the data of all indices to where the log ends. Made from a commit point, then given every record behind it. */
export class Recovery {
  readonly catalog: Catalog;
  /** By index number. */
  readonly data: Map<number, IndexData> = new Map();
  /** What was written to the indices that differ from their checkpoint, by their numbers. */
  readonly dirty: Map<number, TranslogCount> = new Map();
  /** How many records there were. */
  records = 0;
  readonly #mappings: Map<number, Mapping> = new Map();
  /** Indices whose checkpoint file is gone, which is right only if the log says that they were deleted. */
  readonly #lost: Set<number> = new Set();

  private constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  /** Reads the commit point's checkpoint files. */
  static async start(commitPoint: CommitPoint | undefined, checkpoints: CheckpointStore): Promise<Recovery> {
    const recovery = new Recovery(new Catalog(commitPoint?.catalog));
    for (const { number, uuid } of recovery.catalog.indices()) {
      const generation = commitPoint?.checkpoints[uuid];
      const frozen = generation === undefined ? undefined : checkpoints.read(uuid, generation);
      if (generation !== undefined && frozen === undefined) recovery.#lost.add(number);
      recovery.data.set(number, new IndexData(frozen));
    }
    return recovery;
  }

  replay(payload: Uint8Array, position: LogPosition): void {
    this.records++;
    const record = decodeRecord(payload);
    if (record.type !== 'catalog') {
      this.#replayDocument(record, position);
      return;
    }
    this.catalog.apply(record.change);
    this.#follow(record.change);
  }

  /** Does with the data what was done with the catalog. */
  #follow(change: CatalogChange): void {
    if (change.type === 'several') for (const each of change.changes) this.#follow(each);
    else if (change.type === 'create-index') {
      this.data.set(change.index.number, new IndexData());
      this.dirty.set(change.index.number, NOTHING_WRITTEN);
    } else if (change.type === 'delete-index') {
      this.data.delete(change.number);
      this.#lost.delete(change.number);
    } else if (change.type === 'update-index') this.#mappings.delete(change.number);
  }

  /** Throws `corrupt` if an index has lost its checkpoint. */
  finish(): void {
    for (const number of this.#lost) {
      const { name, uuid } = this.catalog.index(number)!;
      throw new DaybookError('corrupt', `the checkpoint of index ${name} (${uuid}) is missing`, {
        detail: { name, uuid },
      });
    }
  }

  #replayDocument(record: DocumentRecord, position: LogPosition): void {
    const { indexNumber, id, seqNo, version } = record;
    const data = this.data.get(indexNumber);
    // A record of an index that was deleted before the commit point, or one that cannot be read but will be deleted.
    if (data === undefined || this.#lost.has(indexNumber)) return;
    this.#count(record);
    const doc = data.documents.find(id);
    if (record.type === 'delete') {
      if (doc !== undefined) data.remove(doc);
      data.passed(seqNo);
      return;
    }
    const source = { segment: position.segment, offset: position.offset + record.sourceOffset };
    if (record.type === 'move') {
      if (doc !== undefined && data.documents.seqNo(doc) === seqNo) data.documents.move(doc, source);
      return;
    }
    data.put(id, doc, { document: this.#parse(record) }, { version, seqNo, source, sourceBytes: record.source.length });
  }

  /** What compaction moved was written before. */
  #count(record: DocumentRecord): void {
    const known = this.dirty.get(record.indexNumber) ?? NOTHING_WRITTEN;
    const bytes = documentHeaderBytes(record.id, record.routing) + (record.type === 'index' ? record.source.length : 0);
    this.dirty.set(record.indexNumber, record.type === 'move' ? known : addCounts(known, { operations: 1, bytes }));
  }

  #parse({ indexNumber, id, routing, source }: DocumentRecord & { type: 'index' | 'move' }): ParsedDocument {
    try {
      return parseDocument(this.#mapping(indexNumber), {
        id,
        routing,
        source: parseSource(source),
        bytes: source,
        wasAccepted: true,
      });
    } catch (cause) {
      const { name } = this.catalog.index(indexNumber)!;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new DaybookError('corrupt', `the translog's document [${id}] of index [${name}] cannot be read: ${why}`, {
        detail: { index: name, id },
        cause,
      });
    }
  }

  #mapping(indexNumber: number): Mapping {
    const known = this.#mappings.get(indexNumber);
    if (known !== undefined) return known;
    const { mappings, settings } = this.catalog.index(indexNumber)!;
    // What is in the log was within the limits when it was written.
    const mapping = buildMapping(mappings, settings, Number.MAX_SAFE_INTEGER);
    this.#mappings.set(indexNumber, mapping);
    return mapping;
  }
}
