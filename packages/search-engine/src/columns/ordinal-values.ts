import type { Steps } from '../steps/steps.ts';
import { CHUNK_DOCS } from './chunk-docs.ts';
import { CHUNK_MASK, CHUNK_SHIFT } from './doc-set.ts';
import type { OrdinalChunk, Ordinals } from './doc-values.ts';
import type { Hold } from './hold.ts';
import { type NumberKind, WHOLE_NUMBERS } from './number-array.ts';
import type { ValueChunk, ValueKind } from './value-chunk.ts';
import { type FrozenValueChunks, ValueChunks } from './value-chunks.ts';

const ORDINALS: ValueKind<Ordinals> = {
  ...(WHOLE_NUMBERS as NumberKind<Ordinals>),
  none: 0,
};

/** Documents of one step, which divide a chunk. */
const STEP_DOCS = 8192;

/** Ordinals by document at one moment. */
export type FrozenOrdinalValues = FrozenValueChunks<Ordinals>;

/** Where one document's ordinals are. */
export interface OrdinalRun {
  values: Ordinals;
  start: number;
  /** Exclusive. */
  end: number;
}

/** The ordinals of every document, in chunks: of distinct keywords, or of the words of a text in their order. */
export class OrdinalValues {
  readonly #chunks: ValueChunks<Ordinals>;
  readonly #run: OrdinalRun = { values: new Uint8Array(0), start: 0, end: 0 };

  constructor(chunks: ValueChunks<Ordinals> = new ValueChunks(ORDINALS)) {
    this.#chunks = chunks;
  }

  static thaw(frozen: FrozenOrdinalValues): OrdinalValues {
    return new OrdinalValues(new ValueChunks(ORDINALS, frozen));
  }

  /** Second values, which are to be written from then on in the place of these; `docLimit` as now. */
  fork(docLimit: number): OrdinalValues {
    return new OrdinalValues(this.#chunks.fork(docLimit));
  }

  freeze(hold: Hold): FrozenOrdinalValues {
    return this.#chunks.freeze(hold);
  }

  get memoryBytes(): number {
    return this.#chunks.memoryBytes;
  }

  /** `docLimit` is one more than the highest document number in use. */
  chunk(index: number, docLimit: number): OrdinalChunk | undefined {
    const chunk = this.#chunks.at(index);
    if (chunk === undefined) return undefined;
    chunk.reach(Math.min(CHUNK_MASK + 1, docLimit - (index << CHUNK_SHIFT)));
    const { starts, counts, values } = chunk;
    if (starts === undefined || counts === undefined) return { single: true, ordinals: values };
    return { single: false, starts, counts, ordinals: values };
  }

  count(doc: number): number {
    return this.#chunks.at(doc >>> CHUNK_SHIFT)?.count(doc & CHUNK_MASK) ?? 0;
  }

  /** The ordinal at `index` of a document that has more than `index` of them. */
  value(doc: number, index: number): number {
    return this.#chunks.at(doc >>> CHUNK_SHIFT)!.value(doc & CHUNK_MASK, index);
  }

  has(doc: number, ordinal: number): boolean {
    const chunk = this.#chunks.at(doc >>> CHUNK_SHIFT);
    if (chunk === undefined) return false;
    const offset = doc & CHUNK_MASK;
    const { starts, counts, values } = chunk;
    if (starts === undefined || counts === undefined) return values[offset] === ordinal;
    const count = counts[offset] ?? 0;
    const start = starts[offset]!;
    for (let i = start; i < start + count; i++) if (values[i] === ordinal) return true;
    return false;
  }

  /** Where a document's ordinals are: the answer is the same object each time, and stands until the next call. */
  run(doc: number): OrdinalRun {
    const run = this.#run;
    const offset = doc & CHUNK_MASK;
    const chunk = this.#chunks.at(doc >>> CHUNK_SHIFT);
    run.start = 0;
    run.end = 0;
    if (chunk === undefined) return run;
    run.values = chunk.values;
    if (chunk.starts === undefined || chunk.counts === undefined) {
      run.start = offset;
      run.end = offset + (chunk.values[offset] ? 1 : 0);
    } else {
      run.start = chunk.starts[offset] ?? 0;
      run.end = run.start + (chunk.counts[offset] ?? 0);
    }
    return run;
  }

  /** Replaces a document's ordinals. */
  set(doc: number, ordinals: ArrayLike<number>, count: number): void {
    this.#chunks.reach(doc >>> CHUNK_SHIFT).write(doc & CHUNK_MASK, ordinals, count);
  }

  /** Calls `visit` for every ordinal of every document, documents ascending, those of some documents in each step. */
  *visitAll(visit: (doc: number, ordinal: number) => void): Steps<void> {
    for (let from = 0; from < this.#chunks.length * CHUNK_DOCS; from += STEP_DOCS) {
      this.visit(from, from + STEP_DOCS, visit);
      yield;
    }
  }

  /** Does so for the documents of numbers `from` to below `to`, which are of one chunk. */
  visit(from: number, to: number, visit: (doc: number, ordinal: number) => void): void {
    const chunk = this.#chunks.at(from >>> CHUNK_SHIFT);
    if (chunk !== undefined) visitSome(chunk, from & ~CHUNK_MASK, from, to, visit);
  }
}

/** The loop itself, since loops of generators are not compiled. `from` and `to` are numbers of documents, `base` that of the chunk's first. */
function visitSome(
  { starts, counts, values }: ValueChunk<Ordinals>,
  base: number,
  from: number,
  to: number,
  visit: (doc: number, ordinal: number) => void,
): void {
  const end = Math.min(to - base, (counts ?? values).length);
  if (starts === undefined || counts === undefined) {
    for (let offset = from - base; offset < end; offset++) {
      if (values[offset] !== 0) visit(base + offset, values[offset]!);
    }
    return;
  }
  for (let offset = from - base; offset < end; offset++) {
    const runEnd = starts[offset]! + counts[offset]!;
    for (let i = starts[offset]!; i < runEnd; i++) visit(base + offset, values[i]!);
  }
}
