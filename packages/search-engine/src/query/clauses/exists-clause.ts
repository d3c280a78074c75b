import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import type { Column } from '../../columns/column.ts';
import { type DocSet, visitInChunks } from '../../columns/doc-set.ts';
import type { Ordinals } from '../../columns/doc-values.ts';
import { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { Clause } from './clause.ts';

/** The documents with a value in a column, each with the same score. */
export class ExistsClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly #column: Column;
  readonly #live: BitSet;
  readonly #score: number;

  constructor(column: Column, live: BitSet, score: number) {
    this.#column = column;
    this.#live = live;
    this.#score = Math.fround(score);
    this.cost = column instanceof OrdinalColumn ? column.docsWithValue : column.docCount;
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    if (this.cost === this.#live.size) return this.#live;
    const found = new BitSet(new Uint32Array(this.#live.words.length));
    yield* visitInChunks(this.#live, (chunk, offsets, count) => {
      const base = chunk * CHUNK_DOCS;
      const left = this.retain(chunk, offsets, count);
      for (let i = 0; i < left; i++) found.words[(base + offsets[i]!) >>> 5]! |= 1 << (offsets[i]! & 31);
    });
    return found;
  }

  matches(doc: number): boolean {
    return this.#column.count(doc) > 0;
  }

  retain(chunk: number, offsets: Uint16Array, count: number): number {
    const values = this.#column.chunk(chunk);
    if (values === undefined) return 0;
    if (!values.single) return retainPositive(values.counts, offsets, count);
    return 'ordinals' in values
      ? retainPositive(values.ordinals, offsets, count)
      : retainNumbers(values.values, offsets, count);
  }

  score(): number {
    return this.#score;
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.#score : 0;
  }
}

function retainPositive(numbers: Ordinals, offsets: Uint16Array, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) if (numbers[offsets[i]!]! > 0) offsets[kept++] = offsets[i]!;
  return kept;
}

function retainNumbers(values: Float64Array, offsets: Uint16Array, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) if (!Number.isNaN(values[offsets[i]!]!)) offsets[kept++] = offsets[i]!;
  return kept;
}
