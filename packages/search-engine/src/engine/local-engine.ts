import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { type DirectoryLock, isDiskFull, type Log } from '@daybook/durable-log';
import { DaybookError } from '@daybook/errors';
import type { CheckpointStore } from '../checkpoint/checkpoint-store.ts';
import { buildMapping } from '../index/build-mapping.ts';
import { derivePostings } from '../index/derive-postings.ts';
import { IndexData } from '../index/index-data.ts';
import type { IndexView } from '../index/index-view.ts';
import { type IndexContext, LocalIndex } from '../index/local-index.ts';
import type { PreparedDocument, WrittenSource } from '../index/prepared-document.ts';
import type { JsonObject } from '../mapping/json.ts';
import type { Query } from '../query/query.ts';
import type { SearchRequest, SearchResult } from '../search/search.ts';
import { searchIndices } from '../search/search-indices.ts';
import type { SearchLimits } from '../search/search-limits.ts';
import type { Steps } from '../steps/steps.ts';
import { TakeTurns } from '../steps/take-turns.ts';
import { collectTermVectors } from '../term-vectors/collect-term-vectors.ts';
import type { FieldTermVector, TermVectorsRequest } from '../term-vectors/term-vectors.ts';
import { Translog } from '../translog/translog.ts';
import { NOTHING_WRITTEN } from '../translog/translog-count.ts';
import type { CatalogChange } from './catalog.ts';
import { checkDisk } from './check-disk.ts';
import type { AliasChanges, Engine, Index, IndexDefinition, MetadataChanges, PinnedIndices } from './engine.ts';
import { PinnedIndex } from './pinned-index.ts';
import type { Recovery } from './recovery.ts';
import { Upkeep } from './upkeep.ts';

/** What an engine is made of. */
export interface EngineParts {
  readonly directory: string;
  readonly lock: DirectoryLock;
  readonly log: Log;
  readonly checkpoints: CheckpointStore;
  /** After the whole log was replayed. */
  readonly recovery: Recovery;
  readonly checkpointRecords: number;
  readonly checkIntervalMs: number;
  readonly maxFields: number | undefined;
  readonly onFailure: (error: Error) => void;
  readonly onCheckpointDelayed: (error: Error) => void;
  readonly onDamage: (error: Error) => void;
}

/** {@link Engine} over one data directory of this machine. */
export class LocalEngine implements Engine {
  readonly directory: string;
  readonly #parts: EngineParts;
  readonly #translog: Translog;
  readonly #indices: Map<string, LocalIndex> = new Map();
  readonly #context: IndexContext;
  readonly #upkeep: Upkeep;
  readonly #turns: TakeTurns = new TakeTurns();
  #lastInOrder: Promise<unknown> = Promise.resolve();
  readonly #deriving: Set<LocalIndex | PinnedIndex> = new Set();
  /** Who reads older data than the newest: while there are any, no segment of the log is removed. */
  #pins = 0;
  readonly #closing: AbortController = new AbortController();
  #failure: Error | undefined;

  constructor(parts: EngineParts) {
    this.directory = resolve(parts.directory);
    this.#parts = parts;
    const { recovery, log, checkpoints } = parts;
    this.#translog = new Translog(log, {
      recordsSinceCheckpoint: recovery.records,
      onRecord: () => this.#upkeep.afterRecord(),
      onDamage: parts.onDamage,
    });
    this.#upkeep = new Upkeep({
      directory: parts.directory,
      log,
      checkpoints,
      translog: this.#translog,
      catalog: recovery.catalog,
      checkpointRecords: parts.checkpointRecords,
      closing: this.#closing.signal,
      indices: () => [...this.#indices.values()],
      takeTurns: (steps) => this.#turns.run(steps, () => undefined),
      mayRemoveSegments: () => this.#pins === 0,
      onDelayed: parts.onCheckpointDelayed,
      onFailure: (error) => this.#fail(error),
    });
    this.#context = {
      catalog: recovery.catalog,
      translog: this.#translog,
      maxFields: parts.maxFields,
      checkWritable: () => this.#checkWritable(),
      checkpointBytes: (uuid) => checkpoints.bytes(uuid),
    };
    for (const definition of recovery.catalog.indices()) {
      const index = new LocalIndex(definition, recovery.data.get(definition.number)!, this.#context);
      index.isDirty = recovery.dirty.has(definition.number);
      index.uncommitted = recovery.dirty.get(definition.number) ?? NOTHING_WRITTEN;
      this.#indices.set(definition.name, index);
    }
    const check = {
      checkpoints,
      intervalMs: parts.checkIntervalMs,
      indices: () => [...this.#indices.values()],
      onDamagedCheckpoint: (index: LocalIndex, damage: readonly Error[]) => this.#remakeCheckpoint(index, damage),
    };
    checkpoints.onUnreadable = (error) => this.#fail(error);
    checkpoints.readRest(this.#closing.signal).catch((error) => this.#fail(error));
    checkDisk(check, this.#closing.signal).catch(parts.onDamage);
  }

  async createIndex(name: string, definition: IndexDefinition, aliasChanges: AliasChanges = new Map()): Promise<Index> {
    this.#checkOpen();
    if (this.#indices.has(name)) {
      throw new DaybookError('already-exists', `index [${name}] already exists`, {
        detail: { reason: 'resource_already_exists_exception', index: name },
      });
    }
    const mappings = buildMapping(definition.mappings, definition.settings, this.#context.maxFields, true).toJson();
    const { catalog } = this.#context;
    const index = {
      number: catalog.nextIndexNumber,
      name,
      uuid: randomBytes(16).toString('base64url'),
      creationTimeMs: Date.now(),
      mappings,
      settings: definition.settings,
      aliases: withChanges(definition.aliases, aliasChanges.get(name) ?? new Map()),
    };
    const updates = this.#aliasUpdates([...aliasChanges].filter(([changed]) => changed !== name));
    this.#change({ type: 'several', changes: [{ type: 'create-index', index }, ...updates] });
    const created = new LocalIndex(index, new IndexData(), this.#context);
    this.#indices.set(name, created);
    await this.commit();
    return created;
  }

  async deleteIndices(names: readonly string[]): Promise<void> {
    await this.updateAliases(new Map(), names);
  }

  index(name: string): Index | undefined {
    return this.#indices.get(name);
  }

  indices(): readonly Index[] {
    return [...this.#indices.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async putMapping(name: string, mappings: JsonObject): Promise<void> {
    const index = this.#existing(name);
    const merged = index.mapping.merge(mappings);
    index.update({ mappings: merged.toJson() }, merged);
    await this.commit();
  }

  async putSettings(name: string, settings: JsonObject): Promise<void> {
    const index = this.#existing(name);
    index.update({ settings }, buildMapping(index.mappings(), settings, this.#context.maxFields));
    await this.commit();
  }

  async updateAliases(changes: AliasChanges, deletedIndices: Iterable<string> = []): Promise<void> {
    const deleted = Array.from(deletedIndices, (name) => this.#existing(name));
    const deletions = deleted.map(({ number }): CatalogChange => ({ type: 'delete-index', number }));
    this.#change({ type: 'several', changes: [...deletions, ...this.#aliasUpdates(changes)] });
    for (const { name } of deleted) this.#indices.delete(name);
    await this.commit();
    for (const { uuid } of deleted) await this.#upkeep.removeCheckpoints(uuid);
  }

  #aliasUpdates(
    changes: Iterable<readonly [name: string, aliases: ReadonlyMap<string, JsonObject | undefined>]>,
  ): CatalogChange[] {
    return Array.from(changes, ([name, aliases]) => {
      const index = this.#existing(name);
      return { type: 'update-index', number: index.number, update: { aliases: withChanges(index.aliases(), aliases) } };
    });
  }

  metadata(kind: string): ReadonlyMap<string, JsonObject> {
    return this.#context.catalog.metadata(kind);
  }

  async updateMetadata(kind: string, changes: MetadataChanges): Promise<void> {
    this.#checkOpen();
    this.#change({
      type: 'several',
      changes: Array.from(changes, ([name, value]) =>
        value === undefined ? { type: 'remove-metadata', kind, name } : { type: 'put-metadata', kind, name, value },
      ),
    });
    await this.commit();
  }

  async search(indices: readonly Index[], request: SearchRequest): Promise<SearchResult> {
    this.#checkOpen();
    const searched = indices.map((index) => (index instanceof PinnedIndex ? index : this.#existing(index.name)));
    const views = searched.map((index) => (index instanceof PinnedIndex ? index.view : index.view()));
    try {
      return await this.#runPinned(searchIndices(views, request), () => {
        for (const index of searched) if (index instanceof LocalIndex) index.separate();
        return request.suspended?.();
      });
    } finally {
      for (const index of searched) this.#derivePostings(index);
    }
  }

  describe(index: Index, query: Query, limits?: SearchLimits): Promise<string> {
    return this.#onView(index, (view) => view.describe(query, limits));
  }

  termVectors(index: Index, request: TermVectorsRequest): Promise<readonly FieldTermVector[]> {
    return this.#onView(index, (view) => collectTermVectors(view, request));
  }

  #onView<T>(index: Index, steps: (view: IndexView) => Steps<T>): Promise<T> {
    this.#checkOpen();
    const read = index instanceof PinnedIndex ? index : this.#existing(index.name);
    return this.#runPinned(steps(read instanceof PinnedIndex ? read.view : read.view()), () => {
      if (read instanceof LocalIndex) read.separate();
      return undefined;
    });
  }

  /** Makes what searches have asked for, beside them and what is written. */
  #derivePostings(index: LocalIndex | PinnedIndex): void {
    const data = (): IndexData => (index instanceof PinnedIndex ? index.view.data : index.data);
    if (this.#deriving.has(index) || data().columnLackingPostings() === undefined) return;
    this.#deriving.add(index);
    setImmediate(async () => {
      try {
        await this.#turns.run(derivePostings(data, this.#closing.signal), () => undefined);
      } catch (error) {
        this.#fail(error);
      } finally {
        this.#deriving.delete(index);
      }
    });
  }

  takeTurns<T>(steps: Steps<T>): Promise<T> {
    return this.#runPinned(steps, () => undefined);
  }

  takeTurnsInOrder<T, R>(steps: Steps<T>, use: (value: T) => R | Promise<R>): Promise<R> {
    const result = this.#lastInOrder.then(() => this.takeTurns(steps)).then(use);
    this.#lastInOrder = result.catch(() => undefined);
    return result;
  }

  *prepare({ name }: Index, document: WrittenSource & { readonly id?: string }): Steps<PreparedDocument | undefined> {
    try {
      for (const steps = this.#existing(name).prepare(document); ; ) {
        const step = steps.next();
        if (step.done === true) return step.value;
        yield;
        // An index that is gone, and a closed engine, have nothing to be read any more.
        this.#existing(name);
      }
    } catch {
      // The write meets it again, in the order in which it looks for what is wrong.
      return undefined;
    }
  }

  /** Sources that are known before can be read until it has ended. */
  async #runPinned<T>(steps: Steps<T>, onSuspend: () => AbortSignal | undefined): Promise<T> {
    let isSuspended = false;
    try {
      return await this.#turns.run(steps, () => {
        isSuspended = true;
        this.#pins++;
        return onSuspend();
      });
    } finally {
      if (isSuspended) this.#pins--;
    }
  }

  pin(indices: readonly Index[]): PinnedIndices {
    this.#checkOpen();
    const pinned = indices.map((index) => new PinnedIndex(this.#existing(index.name)));
    this.#pins++;
    return {
      indices: pinned,
      release: () => {
        this.#pins--;
      },
    };
  }

  turn(): Promise<void> {
    return this.#parts.log.turn();
  }

  async commit(): Promise<void> {
    try {
      await this.#parts.log.commit();
    } catch (error) {
      if (!isDiskFull(error)) this.#fail(error);
      throw error;
    }
  }

  async flush(): Promise<void> {
    this.#checkOpen();
    await this.#upkeep.checkpoint();
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    try {
      try {
        await this.#upkeep.lastCheckpoint(() => this.#failure === undefined);
      } finally {
        await this.#parts.log.close();
      }
    } finally {
      this.#parts.checkpoints.close();
      await this.#parts.lock.release();
    }
  }

  #change(change: CatalogChange): void {
    this.#checkWritable();
    this.#translog.appendCatalogChange(change);
    this.#context.catalog.apply(change);
  }

  /** What memory has is intact: it was checked when it was read. */
  #remakeCheckpoint(index: LocalIndex, damage: readonly Error[]): void {
    for (const error of damage) this.#parts.onDamage(error);
    index.isDirty = true;
    this.#upkeep.scheduleCheckpoint();
  }

  #existing(name: string): LocalIndex {
    this.#checkOpen();
    const index = this.#indices.get(name);
    if (index !== undefined) return index;
    throw new DaybookError('not-found', `no such index [${name}]`, {
      detail: { reason: 'index_not_found_exception', index: name },
    });
  }

  #checkOpen(): void {
    if (this.#closing.signal.aborted) throw new DaybookError('unavailable', 'the search engine is closed');
  }

  #checkWritable(): void {
    this.#checkOpen();
    if (this.#failure === undefined) return;
    const message = `nothing is written any more since the disk failed: ${this.#failure.message}`;
    throw new DaybookError('unavailable', message, { cause: this.#failure });
  }

  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#parts.onFailure(this.#failure);
  }
}

function withChanges(
  aliases: Readonly<Record<string, JsonObject>>,
  changes: ReadonlyMap<string, JsonObject | undefined>,
): Record<string, JsonObject> {
  const merged = new Map(Object.entries(aliases));
  for (const [alias, definition] of changes) {
    if (definition === undefined) merged.delete(alias);
    else merged.set(alias, definition);
  }
  return Object.fromEntries(merged);
}
