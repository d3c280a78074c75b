import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { CHUNK_MASK, CHUNK_SHIFT, type DocSet } from '../../columns/doc-set.ts';
import type { RangeChunk } from '../../columns/doc-values.ts';
import { approximateKey, type RangeColumn, wordsOf } from '../../columns/range-column.ts';
import { ZONE_DOCS, ZONE_SHIFT } from '../../columns/zone-map.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { RangeRelation } from '../query.ts';
import type { Clause } from './clause.ts';

/** Zones that are read in one step. */
const STEP_ZONES = 16;

/** A range of a query, whose keys both belong to it, and how the ranges of documents are to lie to it. */
export interface RangeQuestion {
  readonly relation: RangeRelation;
  readonly lowest: bigint;
  readonly highest: bigint;
}

/** The documents with a range that lies so to that of the query, each with the same score. Zones without a range that meets it are not read. */
export class RangeRelationClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly #column: RangeColumn;
  readonly #relation: RangeRelation;
  readonly #lowest: Uint32Array;
  readonly #highest: Uint32Array;
  readonly #limit: number;
  readonly #score: number;
  #docs: BitSet | undefined;

  /** `limit`: one more than the highest document number. */
  constructor(column: RangeColumn, { relation, lowest, highest }: RangeQuestion, limit: number, score: number) {
    this.#column = column;
    this.#relation = relation;
    this.#lowest = wordsOf([lowest], column.keyWords);
    this.#highest = wordsOf([highest], column.keyWords);
    this.#limit = limit;
    this.#score = Math.fround(score);
    let touched = 0;
    for (let zone = 0; zone < column.zones.zones; zone++) if (this.#touches(zone)) touched++;
    this.cost = Math.min(column.docCount, touched * ZONE_DOCS);
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    this.#docs ??= yield* this.#scan();
    return this.#docs;
  }

  matches(doc: number): boolean {
    const chunk = this.#column.chunk(doc >>> CHUNK_SHIFT);
    return chunk !== undefined && this.#hasMatch(chunk, doc & CHUNK_MASK);
  }

  retain(index: number, offsets: Uint16Array, count: number): number {
    const chunk = this.#column.chunk(index);
    if (chunk === undefined) return 0;
    let kept = 0;
    for (let i = 0; i < count; i++) if (this.#hasMatch(chunk, offsets[i]!)) offsets[kept++] = offsets[i]!;
    return kept;
  }

  score(): number {
    return this.#score;
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.#score : 0;
  }

  *#scan(): Steps<BitSet> {
    const found = BitSet.forDocs(this.#limit);
    const { zones } = this.#column.zones;
    for (let zone = 0; zone < zones; zone++) {
      if (this.#touches(zone)) this.#scanZone(zone << ZONE_SHIFT, found.words);
      if (zone % STEP_ZONES === STEP_ZONES - 1) yield;
    }
    return found;
  }

  #scanZone(first: number, words: Uint32Array): void {
    const chunk = this.#column.chunk(first >>> CHUNK_SHIFT);
    if (chunk === undefined) return;
    const from = first & CHUNK_MASK;
    const to = Math.min(from + ZONE_DOCS, CHUNK_DOCS, this.#limit - (first - from));
    for (let offset = from; offset < to; offset++) {
      if (this.#hasMatch(chunk, offset)) words[(first - from + offset) >>> 5]! |= 1 << (offset & 31);
    }
  }

  /** Whether a range of the zone may have a value in common with that of the query, as each that matches has. */
  #touches(zone: number): boolean {
    const { zones, keyWords } = this.#column;
    return (
      zones.highest(zone) >= approximateKey(this.#lowest, 0, keyWords) &&
      zones.lowest(zone) <= approximateKey(this.#highest, 0, keyWords)
    );
  }

  #hasMatch({ starts, counts, words }: RangeChunk, offset: number): boolean {
    const { keyWords } = this.#column;
    const start = starts[offset]!;
    const end = start + counts[offset]!;
    for (let at = start; at < end; at += 2 * keyWords) if (this.#isMatch(words, at, at + keyWords)) return true;
    return false;
  }

  #isMatch(words: Uint32Array, low: number, high: number): boolean {
    switch (this.#relation) {
      case 'intersects':
        return compareKey(words, high, this.#lowest) >= 0 && compareKey(words, low, this.#highest) <= 0;
      case 'within':
        return compareKey(words, low, this.#lowest) >= 0 && compareKey(words, high, this.#highest) <= 0;
      case 'contains':
        return compareKey(words, low, this.#lowest) <= 0 && compareKey(words, high, this.#highest) >= 0;
    }
  }
}

/** Below 0, 0 or above 0 as the key at `at` is less than, is, or is greater than the other. */
function compareKey(words: Uint32Array, at: number, key: Uint32Array): number {
  for (let i = 0; i < key.length; i++) {
    const difference = words[at + i]! - key[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
