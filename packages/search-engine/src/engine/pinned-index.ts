import { DaybookError } from '@daybook/errors';
import type { Block } from '../blocks/block.ts';
import type { FieldValue } from '../fetch/fetch.ts';
import { readStoredFields } from '../fetch/stored-fields.ts';
import type { IndexCounters } from '../index/index-counters.ts';
import type { IndexView } from '../index/index-view.ts';
import type { LocalIndex } from '../index/local-index.ts';
import { shardLayout } from '../index/shard-layout.ts';
import type { StoredDocument } from '../index/stored-document.ts';
import type { JsonObject } from '../mapping/json.ts';
import type { Index, IndexStats, WriteResult } from './engine.ts';

/** An index as it was at one moment; it cannot be written. */
export class PinnedIndex implements Index {
  readonly name: string;
  readonly uuid: string;
  readonly creationTimeMs: number;
  readonly counters: IndexCounters;
  readonly view: IndexView;
  readonly #mappings: JsonObject;
  readonly #settings: JsonObject;
  readonly #aliases: Readonly<Record<string, JsonObject>>;
  readonly #stats: IndexStats;

  /** From now on the index writes to other data than the view's. */
  constructor(index: LocalIndex) {
    this.name = index.name;
    this.uuid = index.uuid;
    this.creationTimeMs = index.creationTimeMs;
    this.counters = index.counters;
    this.view = index.view(new WeakMap());
    this.#mappings = index.mappings();
    this.#settings = index.settings();
    this.#aliases = index.aliases();
    this.#stats = index.stats();
    index.separate();
  }

  mappings(): JsonObject {
    return this.#mappings;
  }

  settings(): JsonObject {
    return this.#settings;
  }

  aliases(): Readonly<Record<string, JsonObject>> {
    return this.#aliases;
  }

  /** compat: who holds a moment may go on reading it, whatever is blocked since. */
  blocks(): readonly Block[] {
    return [];
  }

  write(): WriteResult {
    throw new DaybookError('internal', `index [${this.name}] is pinned and cannot be written`);
  }

  get(id: string, routing?: string): StoredDocument | undefined {
    const doc = this.view.data.find(shardLayout(this.#settings), id, routing);
    return doc === undefined ? undefined : this.view.document(doc);
  }

  storedFields(document: StoredDocument, names: readonly string[]): Readonly<Record<string, readonly FieldValue[]>> {
    return readStoredFields(this.view.mapping, document.source(), names);
  }

  docCount(): number {
    return this.#stats.docCount;
  }

  stats(): IndexStats {
    return this.#stats;
  }
}
