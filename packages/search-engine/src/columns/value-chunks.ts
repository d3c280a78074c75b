import { CHUNK_DOCS } from './chunk-docs.ts';
import { FOREVER, type Hold, joinHolds, RELEASED } from './hold.ts';
import type { NumberArray } from './number-array.ts';
import { type FrozenValueChunk, ValueChunk, type ValueKind } from './value-chunk.ts';

/** The chunks of a column at one moment: null for one without values. */
export type FrozenValueChunks<A extends NumberArray> = readonly (FrozenValueChunk<A> | null)[];

/** A chunk that nobody has looked at yet, whose arrays may be stored, and who holds them. */
interface Unopened<A extends NumberArray> {
  readonly frozen: FrozenValueChunk<A>;
  hold: Hold;
}

/** The values of a column, 65,536 documents in each chunk. */
export class ValueChunks<A extends NumberArray> {
  readonly #kind: ValueKind<A>;
  readonly #chunks: (ValueChunk<A> | undefined)[] = [];
  readonly #unopened: (Unopened<A> | undefined)[] = [];

  constructor(kind: ValueKind<A>, frozen: FrozenValueChunks<A> = []) {
    this.#kind = kind;
    for (const chunk of frozen) {
      this.#chunks.push(undefined);
      this.#unopened.push(chunk === null ? undefined : { frozen: chunk, hold: RELEASED });
    }
  }

  /** Second chunks with the same values, which are to be written from then on in the place of these; `docLimit` as now. */
  fork(docLimit: number): ValueChunks<A> {
    const fork = new ValueChunks(this.#kind);
    fork.#chunks.push(...this.#chunks.map((chunk, index) => chunk?.fork(docLimit - index * CHUNK_DOCS)));
    fork.#unopened.push(...this.#unopened.map((chunk) => chunk && { frozen: chunk.frozen, hold: FOREVER }));
    return fork;
  }

  /** The chunks as they are now: the same arrays as the last time where nothing was written in between. */
  freeze(hold: Hold): FrozenValueChunks<A> {
    return this.#chunks.map((chunk, index) => {
      if (chunk !== undefined) return chunk.freeze(hold);
      const unopened = this.#unopened[index];
      if (unopened === undefined) return null;
      unopened.hold = joinHolds(unopened.hold, hold);
      return unopened.frozen;
    });
  }

  /** One more than the highest index of a chunk. */
  get length(): number {
    return this.#chunks.length;
  }

  get memoryBytes(): number {
    let bytes = 0;
    for (const chunk of this.#chunks) bytes += chunk?.memoryBytes ?? 0;
    for (const chunk of this.#unopened) if (chunk !== undefined) bytes += bytesOf(chunk.frozen);
    return bytes;
  }

  /** Undefined where no document has had a value. */
  at(index: number): ValueChunk<A> | undefined {
    return this.#chunks[index] ?? this.#open(index);
  }

  /** The chunk, for values that are written: an empty one if there is none. */
  reach(index: number): ValueChunk<A> {
    while (this.#chunks.length <= index) {
      this.#chunks.push(undefined);
      this.#unopened.push(undefined);
    }
    this.#chunks[index] = this.at(index) ?? new ValueChunk(this.#kind);
    return this.#chunks[index];
  }

  #open(index: number): ValueChunk<A> | undefined {
    const unopened = this.#unopened[index];
    if (unopened === undefined) return undefined;
    this.#chunks[index] = new ValueChunk(this.#kind, unopened.frozen, unopened.hold);
    this.#unopened[index] = undefined;
    return this.#chunks[index];
  }
}

function bytesOf<A extends NumberArray>({ values, runs }: FrozenValueChunk<A>): number {
  return values.byteLength + (runs === undefined ? 0 : runs.starts.byteLength + runs.counts.byteLength);
}
