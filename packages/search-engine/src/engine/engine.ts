import type { Block } from '../blocks/block.ts';
import type { FieldValue } from '../fetch/fetch.ts';
import type { IndexCounters } from '../index/index-counters.ts';
import type { PreparedDocument, WrittenSource } from '../index/prepared-document.ts';
import type { StoredDocument } from '../index/stored-document.ts';
import type { WriteCondition } from '../index/write-condition.ts';
import type { JsonObject } from '../mapping/json.ts';
import type { Query } from '../query/query.ts';
import type { SearchRequest, SearchResult } from '../search/search.ts';
import type { SearchLimits } from '../search/search-limits.ts';
import type { Steps } from '../steps/steps.ts';
import type { FieldTermVector, TermVectorsRequest } from '../term-vectors/term-vectors.ts';
import type { TranslogCount } from '../translog/translog-count.ts';

/** What an index is made from: everything that templates say is merged in already. */
export interface IndexDefinition {
  /** `{dynamic?, properties, dynamic_templates?, …}` in Elasticsearch's own form; a wrong one is `invalid-argument`. */
  readonly mappings: JsonObject;
  /** Flat or nested settings in Elasticsearch's own form; kept and answered, used where they mean something to one shard. */
  readonly settings: JsonObject;
  /** Alias name → its definition. */
  readonly aliases: Readonly<Record<string, JsonObject>>;
}

/** One write, as a bulk request has them. */
export type WriteOperation = WriteCondition & {
  /** By which the document is routed to a shard: kept with one that is written; one in another shard is not found. */
  readonly routing?: string | undefined;
} & (
    | {
        readonly type: 'index' | 'create';
        /** Absent: the engine makes one. */
        readonly id?: string;
        /** A JSON object; kept byte by byte. */
        readonly source: Uint8Array;
        /** What {@link Engine.prepare} made of the source. */
        readonly prepared?: PreparedDocument | undefined;
      }
    | { readonly type: 'delete'; readonly id: string }
    | {
        readonly type: 'update';
        readonly id: string;
        /**
         * Makes the new source from the current document (undefined when there is none), or says what else to do. Called once,
         * synchronously, between the read and the write, so nothing comes between them.
         */
        readonly apply: (
          current: StoredDocument | undefined,
        ) =>
          | ({ readonly type: 'index'; readonly prepared?: PreparedDocument | undefined } & WrittenSource)
          | { readonly type: 'delete' }
          | { readonly type: 'none' };
      }
  );

/** What a write did; `noop` and `not_found` tell the version that there is, or would be. */
export interface WriteResult {
  readonly id: string;
  readonly result: 'created' | 'updated' | 'deleted' | 'not_found' | 'noop';
  readonly version: number;
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/** One index: one shard on one node. Every call is synchronous; a write is visible at once to every later read and search. */
export interface Index {
  readonly name: string;
  readonly uuid: string;
  readonly creationTimeMs: number;
  readonly counters: IndexCounters;
  /** Current mapping in Elasticsearch's own form, dynamic fields included. */
  mappings(): JsonObject;
  settings(): JsonObject;
  aliases(): Readonly<Record<string, JsonObject>>;
  /** What it refuses by its settings. Writes are held against them here; everything else is up to who asks. */
  blocks(): readonly Block[];
  /**
   * Applies one write in memory and appends it to the translog; durable once {@link Engine.commit} has resolved. Throws
   * `conflict` (detail: `currentSeqNo`, `currentPrimaryTerm`, `currentVersion`), `not-found`, `invalid-argument` (a source that is
   * no JSON object, or that the mapping refuses; detail: `reason` is the wire's error type such as `mapper_parsing_exception`), `forbidden`
   * or `limit-exceeded` where the index is blocked.
   */
  write(operation: WriteOperation): WriteResult;
  /** Real-time by id; one in another shard than the routing value leads to is not found. */
  get(id: string, routing?: string): StoredDocument | undefined;
  /** What the mapping stores beside a document's source, of the fields so named. The name of an object is `invalid-argument`. */
  storedFields(document: StoredDocument, names: readonly string[]): Readonly<Record<string, readonly FieldValue[]>>;
  /** Live documents. */
  docCount(): number;
  stats(): IndexStats;
}

/** Sizes of one index. */
export interface IndexStats {
  readonly docCount: number;
  readonly deletedDocCount: number;
  /** Bytes on disk. */
  readonly storeBytes: number;
  /** Bytes of columns, postings and dictionaries in memory. */
  readonly memoryBytes: number;
  readonly maxSeqNo: number;
  /** What a restart would have to replay: writes since the last checkpoint, and their bytes in the log. */
  readonly uncommitted: TranslogCount;
}

/** Indices as they were at one moment. While they are held, what is written meanwhile takes memory of its own, and the log is not made smaller. */
export interface PinnedIndices {
  /** Can be searched and read; a write throws. */
  readonly indices: readonly Index[];
  /** Lets go of them: they must not be used any more. Once. */
  release(): void;
}

/** By index and by alias: its definition, or undefined to remove it. */
export type AliasChanges = ReadonlyMap<string, ReadonlyMap<string, JsonObject | undefined>>;

/** By name: a metadata document, or undefined to remove it. */
export type MetadataChanges = ReadonlyMap<string, JsonObject | undefined>;

/**
 * All indices of one data directory, and the metadata beside them. Calls that change metadata are durable when their promise
 * resolves. Names are exact here; aliases, patterns and date math are resolved by the caller with {@link indices} and their aliases.
 */
export interface Engine {
  /** The absolute path of the data directory. */
  readonly directory: string;
  /** With it aliases are set and removed, of this index and others. Nobody sees a part of it, and a crash leaves all of it or nothing. */
  createIndex(name: string, definition: IndexDefinition, aliasChanges?: AliasChanges): Promise<Index>;
  /** All of them, or none. */
  deleteIndices(names: readonly string[]): Promise<void>;
  /** Undefined when there is none. */
  index(name: string): Index | undefined;
  /** Sorted by name. */
  indices(): readonly Index[];
  /** Merges new fields and parameters in; a change of an existing field's type is `invalid-argument`. */
  putMapping(name: string, mappings: JsonObject): Promise<void>;
  putSettings(name: string, settings: JsonObject): Promise<void>;
  /** Sets and removes aliases, and deletes indices. Nobody sees a part of it, and a crash leaves all of it or nothing. */
  updateAliases(changes: AliasChanges, deletedIndices?: Iterable<string>): Promise<void>;
  /** Named JSON documents of one kind (`template`, `index_template`, `component_template`, `cluster_settings`, …), in order of names. */
  metadata(kind: string): ReadonlyMap<string, JsonObject>;
  /** Puts and removes some of one kind. Nobody sees a part of it, and a crash leaves all of it or nothing. */
  updateMetadata(kind: string, changes: MetadataChanges): Promise<void>;
  /**
   * Searches several indices as one; an empty list finds nothing. It sees every write before the call and none after it; one that takes
   * long lets other work run meanwhile.
   */
  search(indices: readonly Index[], request: SearchRequest): Promise<SearchResult>;
  /** The query as Lucene writes it; what is wrong with it is thrown as a search throws it. It takes turns as a search does. */
  describe(index: Index, query: Query, limits?: SearchLimits): Promise<string>;
  /** The terms of a document, by field. It takes turns as a search does. */
  termVectors(index: Index, request: TermVectorsRequest): Promise<readonly FieldTermVector[]>;
  /** Computes something else in turn with searches. Sources of what was given out just before the call can be read until it has ended. */
  takeTurns<T>(steps: Steps<T>): Promise<T>;
  /** The same of what takes much memory: such computations are done one after the other, and each begins when `use` is done with the one before. */
  takeTurnsInOrder<T, R>(steps: Steps<T>, use: (value: T) => R | Promise<R>): Promise<R>;
  /**
   * Reads a document ahead of its write and finds its terms, so that the write, which is given the result with the source, takes little time.
   * Undefined of one that the write will refuse. Nothing of it can be seen before the write.
   */
  prepare(index: Index, document: WrittenSource & { readonly id?: string }): Steps<PreparedDocument | undefined>;
  /** Keeps the indices as they are now, for searches later. */
  pin(indices: readonly Index[]): PinnedIndices;
  /** Resolves when the requests of this turn of the event loop have been read: writes are best made then, one behind another, and committed together. */
  turn(): Promise<void>;
  /** Resolves when every write so far is on disk. */
  commit(): Promise<void>;
  /** Writes a checkpoint, so that a restart has little to replay. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** How to open a data directory. */
export interface EngineOptions {
  /** Created when missing; held with a lock while open. */
  readonly directory: string;
  readonly durability?: 'request' | 'async';
  /** A checkpoint is written once the log has this many records behind the last one: 50,000 unless given. */
  readonly checkpointRecords?: number;
  /** Size of a segment of the log: 128 MiB unless given. Segments that are less than half alive are compacted behind each checkpoint. */
  readonly segmentBytes?: number;
  readonly maxFieldsPerIndex?: number;
  /** Called once when the disk fails: nothing is accepted from then on. */
  readonly onFailure?: (error: Error) => void;
  /** Told when the disk is full, so that writes are `unavailable`, and with undefined when there is room and they are accepted again. */
  readonly onDiskFull?: (error: Error | undefined) => void;
  /** Told when the disk had no room for a checkpoint; it is written with the next one. */
  readonly onCheckpointDelayed?: (error: Error) => void;
  /** Told once of each document whose source is not as it was written, when it is read or by the daily check of all; the rest goes on. */
  readonly onDamage?: (error: Error) => void;
  /** Told, before the engine opens, how many bytes at the end of the log were torn and have been cut off. */
  readonly onTornTail?: (bytes: number) => void;
}
