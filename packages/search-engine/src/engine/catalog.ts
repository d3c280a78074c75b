import { DaybookError } from '@daybook/errors';
import type { JsonObject } from '../mapping/json.ts';

/** Everything about an index but its documents, as it is kept on disk. */
export interface CatalogIndex {
  /** Given once per data directory, never used again. */
  readonly number: number;
  readonly name: string;
  readonly uuid: string;
  readonly creationTimeMs: number;
  readonly mappings: JsonObject;
  readonly settings: JsonObject;
  readonly aliases: Readonly<Record<string, JsonObject>>;
}

/** One change of the catalog, as the translog has it. */
export type CatalogChange =
  | { readonly type: 'create-index'; readonly index: CatalogIndex }
  | { readonly type: 'delete-index'; readonly number: number }
  | {
      readonly type: 'update-index';
      readonly number: number;
      readonly update: Partial<Pick<CatalogIndex, 'mappings' | 'settings' | 'aliases'>>;
    }
  | {
      readonly type: 'put-metadata';
      readonly kind: string;
      readonly name: string;
      readonly value: JsonObject;
    }
  | { readonly type: 'remove-metadata'; readonly kind: string; readonly name: string }
  /** One after the other, and nothing between them: a crash leaves all or none. */
  | { readonly type: 'several'; readonly changes: readonly CatalogChange[] };

/** A catalog at one moment, as a commit point has it. */
export interface FrozenCatalog {
  readonly nextIndexNumber: number;
  readonly indices: readonly CatalogIndex[];
  readonly metadata: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

/** What a data directory holds besides documents: definitions of indices, and named metadata documents by kind. */
export class Catalog {
  #nextIndexNumber: number;
  readonly #indices: Map<number, CatalogIndex> = new Map();
  readonly #metadata: Map<string, Map<string, JsonObject>> = new Map();
  /** By kind: what was asked for since the last change of it. */
  readonly #sorted: Map<string, ReadonlyMap<string, JsonObject>> = new Map();

  constructor(frozen?: FrozenCatalog) {
    this.#nextIndexNumber = frozen?.nextIndexNumber ?? 1;
    for (const index of frozen?.indices ?? []) this.#indices.set(index.number, index);
    for (const [kind, values] of Object.entries(frozen?.metadata ?? {})) {
      this.#metadata.set(kind, new Map(Object.entries(values)));
    }
  }

  freeze(): FrozenCatalog {
    return {
      nextIndexNumber: this.#nextIndexNumber,
      indices: [...this.#indices.values()],
      metadata: Object.fromEntries([...this.#metadata].map(([kind, values]) => [kind, Object.fromEntries(values)])),
    };
  }

  get nextIndexNumber(): number {
    return this.#nextIndexNumber;
  }

  indices(): IterableIterator<CatalogIndex> {
    return this.#indices.values();
  }

  index(number: number): CatalogIndex | undefined {
    return this.#indices.get(number);
  }

  /** Documents of one kind, in order of names, as they are now. */
  metadata(kind: string): ReadonlyMap<string, JsonObject> {
    const known = this.#sorted.get(kind);
    if (known !== undefined) return known;
    const sorted = new Map([...(this.#metadata.get(kind) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)));
    this.#sorted.set(kind, sorted);
    return sorted;
  }

  apply(change: CatalogChange): void {
    switch (change.type) {
      case 'create-index':
        this.#indices.set(change.index.number, change.index);
        this.#nextIndexNumber = Math.max(this.#nextIndexNumber, change.index.number + 1);
        return;
      case 'delete-index':
        this.#indices.delete(change.number);
        return;
      case 'update-index': {
        const index = this.#indices.get(change.number);
        if (index === undefined) {
          throw new DaybookError('corrupt', `the translog updates index number ${change.number}, which does not exist`);
        }
        this.#indices.set(change.number, { ...index, ...change.update });
        return;
      }
      case 'put-metadata': {
        const values = this.#metadata.get(change.kind) ?? new Map<string, JsonObject>();
        this.#metadata.set(change.kind, values.set(change.name, change.value));
        this.#sorted.delete(change.kind);
        return;
      }
      case 'remove-metadata':
        this.#metadata.get(change.kind)?.delete(change.name);
        this.#sorted.delete(change.kind);
        return;
      case 'several':
        for (const each of change.changes) this.apply(each);
        return;
    }
  }
}
