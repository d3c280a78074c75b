import { DaybookError, isDaybookError } from '@daybook/errors';
import type { Analyzer } from '../analysis/analyzer.ts';
import { parseAnalysis } from '../analysis/parse-analysis.ts';
import { type Block, type BlockedOperation, refuseBlocked } from '../blocks/block.ts';
import { indexBlocks } from '../blocks/index-blocks.ts';
import type { DocSet } from '../columns/doc-set.ts';
import type { Catalog, CatalogIndex } from '../engine/catalog.ts';
import type { Index, IndexStats, WriteOperation, WriteResult } from '../engine/engine.ts';
import type { FieldValue } from '../fetch/fetch.ts';
import { readStoredFields } from '../fetch/stored-fields.ts';
import type { JsonObject } from '../mapping/json.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { parseDocument } from '../mapping/parse-document.ts';
import type { ParsedDocument } from '../mapping/parsed-document.ts';
import type { Query } from '../query/query.ts';
import type { Steps } from '../steps/steps.ts';
import { documentHeaderBytes } from '../translog/record.ts';
import type { Translog } from '../translog/translog.ts';
import { addCounts, NOTHING_WRITTEN, type TranslogCount } from '../translog/translog-count.ts';
import { buildMapping } from './build-mapping.ts';
import { generateId } from './generate-id.ts';
import { IndexCounters } from './index-counters.ts';
import type { IndexData, PreparedValues } from './index-data.ts';
import { IndexView } from './index-view.ts';
import type { PreparedDocument, WrittenSource } from './prepared-document.ts';
import { type ShardLayout, shardLayout } from './shard-layout.ts';
import { checkId, parseSource } from './source.ts';
import type { StoredDocument } from './stored-document.ts';
import { Tombstones } from './tombstones.ts';
import type { WriteCondition } from './write-condition.ts';
import { checkAbsent, checkCondition, nextVersion, PRIMARY_TERM } from './write-condition.ts';

/** What an index needs of the engine it belongs to. */
export interface IndexContext {
  readonly catalog: Catalog;
  readonly translog: Translog;
  /** Fields of an index whose settings say nothing else. */
  readonly maxFields: number | undefined;
  /** Throws `unavailable` once the disk has failed or the engine is closed. */
  checkWritable(): void;
  /** Bytes of the index on disk, without its sources. */
  checkpointBytes(uuid: string): number;
}

interface WrittenDocument extends WrittenSource {
  readonly id: string;
  readonly prepared?: PreparedDocument | undefined;
}

/** An index of this process: {@link Index} over memory and the translog. */
export class LocalIndex implements Index {
  readonly number: number;
  readonly name: string;
  readonly uuid: string;
  readonly creationTimeMs: number;
  readonly counters: IndexCounters = new IndexCounters();
  /** Whether anything has changed since the last checkpoint. */
  isDirty = true;
  /** What was written since the last checkpoint. */
  uncommitted: TranslogCount = NOTHING_WRITTEN;
  readonly #context: IndexContext;
  readonly #tombstones: Tombstones = new Tombstones();
  #data: IndexData;
  /** Whether views are to keep the data as they are now. */
  #isShared = false;
  #mapping: Mapping;
  /** What the settings of {@link #blocksOf} make. */
  #blocks: readonly Block[] = [];
  #blocksOf: JsonObject = {};
  #layout: ShardLayout | undefined;

  constructor(definition: CatalogIndex, data: IndexData, context: IndexContext) {
    this.number = definition.number;
    this.name = definition.name;
    this.uuid = definition.uuid;
    this.creationTimeMs = definition.creationTimeMs;
    this.#data = data;
    this.#context = context;
    this.#mapping = buildMapping(definition.mappings, definition.settings, context.maxFields);
  }

  get mapping(): Mapping {
    return this.#mapping;
  }

  /** What is read. It is another object after the first write behind {@link separate}. */
  get data(): IndexData {
    return this.#data;
  }

  /** What is to be written to, now: a fork if views are to keep what there was. */
  writableData(): IndexData {
    if (this.#isShared) {
      this.#data = this.#data.fork();
      this.#isShared = false;
    }
    return this.#data;
  }

  /** The index as it is now; it stands until the next write, or for good once {@link separate} was called before that: what it finds may be kept in `found` then. */
  view(found?: WeakMap<Query, DocSet>): IndexView {
    const { translog } = this.#context;
    const analyzer = (name: string, what?: string) => this.#analyzer(name, what);
    const parts = { name: this.name, data: this.#data, mapping: this.#mapping, translog, analyzer };
    return new IndexView(found === undefined ? parts : { ...parts, found });
  }

  /** Leaves the data to the views that there are: the next write makes a fork. It costs nothing where there is none. */
  separate(): void {
    this.#isShared = true;
  }

  #analyzer(name: string, what = 'analyzer'): Analyzer {
    const analyzer = parseAnalysis(this.settings(), true).analyzer(name);
    if (analyzer !== undefined) return analyzer;
    throw new DaybookError('invalid-argument', `${what} [${name}] not found`, {
      detail: { reason: 'query_shard_exception', index: this.name },
    });
  }

  mappings(): JsonObject {
    return this.#definition().mappings;
  }

  settings(): JsonObject {
    return this.#definition().settings;
  }

  aliases(): Readonly<Record<string, JsonObject>> {
    return this.#definition().aliases;
  }

  blocks(): readonly Block[] {
    return this.#blocksBy(this.#definition());
  }

  #blocksBy({ settings }: CatalogIndex): readonly Block[] {
    if (settings !== this.#blocksOf) {
      this.#blocks = indexBlocks(settings);
      this.#blocksOf = settings;
    }
    return this.#blocks;
  }

  /** Logs and applies a change of the definition; durable with the next commit. */
  update(
    update: Partial<Pick<CatalogIndex, 'mappings' | 'settings' | 'aliases'>>,
    mapping: Mapping = this.#mapping,
  ): void {
    this.#context.checkWritable();
    const change = { type: 'update-index', number: this.number, update } as const;
    this.#context.translog.appendCatalogChange(change);
    this.#context.catalog.apply(change);
    this.#mapping = mapping;
  }

  write(operation: WriteOperation): WriteResult {
    this.#context.checkWritable();
    const definition = this.#context.catalog.index(this.number);
    if (definition === undefined) {
      throw new DaybookError('not-found', `no such index [${this.name}]`, {
        detail: { reason: 'index_not_found_exception', index: this.name },
      });
    }
    if (this.#blocksBy(definition).length > 0) this.#refuseBlocked('write');
    if (operation.type === 'update') return this.#update(operation);
    if (operation.type === 'delete') return this.#delete(operation.id, operation.routing, operation);
    const { id = generateId(), source, prepared, routing } = operation;
    const document = { id, source, prepared, routing };
    return this.#index(document, operation, operation.type === 'create');
  }

  /** {@link Engine.prepare}; what it reads stays readable while the engine is open. */
  *prepare({ id = '', ...document }: WrittenSource & { readonly id?: string }): Steps<PreparedDocument> {
    const { source, routing, parsed = parseSource(source) } = document;
    yield;
    const mapping = this.#mapping;
    const values = this.#parse({ id, source, parsed, routing });
    yield;
    return { source, routing, mapping, ...(yield* this.data.prepare(id, values)) };
  }

  get(id: string, routing?: string): StoredDocument | undefined {
    const doc = this.#find(id, routing);
    return doc === undefined ? undefined : this.view().document(doc);
  }

  storedFields(document: StoredDocument, names: readonly string[]): Readonly<Record<string, readonly FieldValue[]>> {
    return readStoredFields(this.#mapping, document.source(), names);
  }

  /** The source of a live document by its number, as the disk has it; undefined when it is damaged, of which the translog has told then. */
  intactSource(doc: number): Uint8Array | undefined {
    try {
      const { documents } = this.data;
      const owner = { index: this.name, id: documents.id(doc), routing: this.data.routing(doc) };
      return this.#context.translog.readSource(owner, documents.entry(doc));
    } catch (error) {
      if (isDaybookError(error, 'corrupt')) return undefined;
      throw error;
    }
  }

  docCount(): number {
    return this.data.documents.size;
  }

  stats(): IndexStats {
    const { documents, memoryBytes, maxSeqNo } = this.data;
    return {
      docCount: documents.size,
      deletedDocCount: documents.limit - documents.size,
      storeBytes: documents.sourceBytes + this.#context.checkpointBytes(this.uuid),
      memoryBytes,
      maxSeqNo,
      uncommitted: this.uncommitted,
    };
  }

  #update(operation: WriteOperation & { type: 'update' }): WriteResult {
    const { id, routing } = operation;
    const startedMs = performance.now();
    const current = this.get(id, routing);
    checkCondition(operation, id, current);
    this.counters.countGet(current !== undefined, startedMs);
    const outcome = operation.apply(current);
    if (outcome.type === 'index') return this.#index({ ...outcome, id }, {}, false);
    if (outcome.type === 'delete') return this.#delete(id, routing, {});
    const { version = -1, seqNo = -2 } = current ?? {};
    return { id, result: 'noop', version, seqNo, primaryTerm: PRIMARY_TERM };
  }

  /** The layout is fixed with the index. */
  #find(id: string, routing: string | undefined): number | undefined {
    this.#layout ??= shardLayout(this.settings());
    return this.data.find(this.#layout, id, routing);
  }

  #index(document: WrittenDocument, condition: WriteCondition, mustBeNew: boolean): WriteResult {
    const startedMs = performance.now();
    checkId(document.id);
    const values = this.#isPrepared(document) ? document.prepared : { document: this.#parse(document) };
    const parsed = values.document;
    if (parsed.dynamic !== undefined) {
      this.#refuseBlocked('metadata_write');
      this.update({ mappings: parsed.mapping.toJson() }, parsed.mapping);
    }
    try {
      const result = this.#put(document, values, condition, mustBeNew);
      this.counters.indexed += 1;
      this.counters.indexMs += performance.now() - startedMs;
      return result;
    } catch (error) {
      this.counters.indexFailures += 1;
      throw error;
    }
  }

  #parse({ id, source, parsed = parseSource(source), routing }: WrittenDocument): ParsedDocument {
    return parseDocument(this.#mapping, { id, source: parsed, bytes: source, routing });
  }

  #isPrepared(document: WrittenDocument): document is WrittenDocument & { readonly prepared: PreparedDocument } {
    const { prepared, source, routing } = document;
    return prepared?.source === source && prepared.routing === routing && prepared.mapping === this.#mapping;
  }

  #put(
    { id, source, routing }: WrittenDocument,
    values: PreparedValues,
    condition: WriteCondition,
    mustBeNew: boolean,
  ): WriteResult {
    const doc = this.data.documents.find(id);
    const current = this.#current(doc);
    // compat: a document is read before the condition is held against it: a bad one is refused as such, and new fields stay.
    if (mustBeNew) checkAbsent(id, current);
    const deletedVersion = this.#tombstones.version(id, Date.now());
    checkCondition(condition, id, current, deletedVersion);
    const version = nextVersion(condition, current?.version ?? deletedVersion);
    const seqNo = this.data.maxSeqNo + 1;
    const write = { indexNumber: this.number, seqNo, version, id, routing };
    const location = this.#context.translog.appendSource('index', write, source);
    this.writableData().put(id, doc, values, { version, seqNo, ...location });
    this.#tombstones.remove(id);
    this.#wrote(documentHeaderBytes(id, routing) + source.length);
    return { id, result: current === undefined ? 'created' : 'updated', version, seqNo, primaryTerm: PRIMARY_TERM };
  }

  #delete(id: string, routing: string | undefined, condition: WriteCondition): WriteResult {
    const startedMs = performance.now();
    checkId(id);
    const doc = this.#find(id, routing);
    const current = this.#current(doc);
    // A record of the deletion would be one of the document in the other shard.
    if (doc === undefined && this.data.documents.find(id) !== undefined) {
      checkCondition(condition, id, current);
      const seqNo = this.data.maxSeqNo + 1;
      return { id, result: 'not_found', version: 1, seqNo, primaryTerm: PRIMARY_TERM };
    }
    const nowMs = Date.now();
    const deletedVersion = this.#tombstones.version(id, nowMs);
    checkCondition(condition, id, current, deletedVersion);
    const version = nextVersion(condition, current?.version ?? deletedVersion);
    const seqNo = this.data.maxSeqNo + 1;
    // A deletion of nothing takes a sequence number too, as in Elasticsearch.
    this.#context.translog.appendDeletion({ indexNumber: this.number, seqNo, version, id });
    const data = this.writableData();
    if (doc !== undefined) data.remove(doc);
    data.passed(seqNo);
    this.#tombstones.add(id, version, nowMs);
    this.#wrote(documentHeaderBytes(id));
    this.counters.deleted += 1;
    this.counters.deleteMs += performance.now() - startedMs;
    return { id, result: doc === undefined ? 'not_found' : 'deleted', version, seqNo, primaryTerm: PRIMARY_TERM };
  }

  #refuseBlocked(operation: BlockedOperation): void {
    refuseBlocked(operation, [{ index: this.name, blocks: this.blocks() }]);
  }

  #wrote(bytes: number): void {
    this.isDirty = true;
    this.uncommitted = addCounts(this.uncommitted, { operations: 1, bytes });
  }

  #current(doc: number | undefined): { version: number; seqNo: number } | undefined {
    if (doc === undefined) return undefined;
    return { version: this.data.documents.version(doc), seqNo: this.data.documents.seqNo(doc) };
  }

  #definition(): CatalogIndex {
    return this.#context.catalog.index(this.number)!;
  }
}
