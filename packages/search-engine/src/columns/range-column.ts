import type { KeyBits } from '../mapping/range/range-kind.ts';
import { CHUNK_MASK, CHUNK_SHIFT } from './doc-set.ts';
import type { RangeChunk, RangeDocValues } from './doc-values.ts';
import type { Hold } from './hold.ts';
import { UINT32 } from './number-array.ts';
import type { ValueKind } from './value-chunk.ts';
import { type FrozenValueChunks, ValueChunks } from './value-chunks.ts';
import { type FrozenZoneMap, ZoneMap } from './zone-map.ts';

const WORD_BITS = 32;
const WORD = 2 ** WORD_BITS;

const WORDS: ValueKind<Uint32Array> = { ...UINT32, none: 0 };

/** A column of ranges at one moment. */
export interface FrozenRangeColumn {
  readonly type: 'range';
  readonly bits: KeyBits;
  readonly chunks: FrozenValueChunks<Uint32Array>;
  readonly zones: FrozenZoneMap;
  /** Documents with a range. */
  readonly docCount: number;
}

/** The column of one field of ranges: their keys in words of 32 bits. */
export class RangeColumn implements RangeDocValues {
  readonly type = 'range';
  readonly bits: KeyBits;
  readonly keyWords: number;
  /** The lowest and the highest key of each 4,096 documents, as {@link approximateKey} has them. */
  readonly zones: ZoneMap;
  readonly #chunks: ValueChunks<Uint32Array>;
  readonly #docLimit: () => number;
  #docCount = 0;

  /** `docLimit` tells one more than the highest document number in use. */
  constructor(
    docLimit: () => number,
    bits: KeyBits,
    chunks: ValueChunks<Uint32Array> = new ValueChunks(WORDS),
    zones: ZoneMap = new ZoneMap(),
  ) {
    this.#docLimit = docLimit;
    this.bits = bits;
    this.keyWords = bits / WORD_BITS;
    this.#chunks = chunks;
    this.zones = zones;
  }

  static thaw(docLimit: () => number, { bits, chunks, zones, docCount }: FrozenRangeColumn): RangeColumn {
    const column = new RangeColumn(docLimit, bits, new ValueChunks(WORDS, chunks), ZoneMap.thaw(zones));
    column.#docCount = docCount;
    return column;
  }

  /** A second column, which is to be written from then on in the place of this one. Bounds of zones only widen, so both use the same. */
  fork(docLimit: () => number): RangeColumn {
    const fork = new RangeColumn(docLimit, this.bits, this.#chunks.fork(this.#docLimit()), this.zones);
    fork.#docCount = this.#docCount;
    return fork;
  }

  freeze(hold: Hold): FrozenRangeColumn {
    const { bits } = this;
    return {
      type: 'range',
      bits,
      chunks: this.#chunks.freeze(hold),
      zones: this.zones.freeze(),
      docCount: this.#docCount,
    };
  }

  /** Documents with a range. */
  get docCount(): number {
    return this.#docCount;
  }

  get memoryBytes(): number {
    return this.#chunks.memoryBytes;
  }

  chunk(index: number): RangeChunk | undefined {
    const chunk = this.#chunks.at(index);
    chunk?.reach(Math.min(CHUNK_MASK + 1, this.#docLimit() - (index << CHUNK_SHIFT)));
    // A chunk has runs from its first range on.
    if (chunk?.starts === undefined || chunk.counts === undefined) return undefined;
    return { single: false, starts: chunk.starts, counts: chunk.counts, words: chunk.values };
  }

  /** The words of a document's ranges. */
  count(doc: number): number {
    return this.#chunks.at(doc >>> CHUNK_SHIFT)?.count(doc & CHUNK_MASK) ?? 0;
  }

  clear(doc: number): void {
    this.set(doc, []);
  }

  /** Replaces a document's ranges by those with these keys, the lowest and the highest of each one behind the other; an empty list clears them. */
  set(doc: number, keys: readonly bigint[]): void {
    const before = this.count(doc);
    if (before === 0 && keys.length === 0) return;
    const words = wordsOf(keys.length > 2 ? distinctRanges(keys) : keys, this.keyWords);
    if (this.#holds(doc, words)) return;
    this.#chunks.reach(doc >>> CHUNK_SHIFT).write(doc & CHUNK_MASK, words, words.length);
    this.#docCount += Number(words.length > 0) - Number(before > 0);
    for (let at = 0; at < words.length; at += 2 * this.keyWords) {
      const lowest = approximateKey(words, at, this.keyWords);
      this.zones.include(doc, lowest, approximateKey(words, at + this.keyWords, this.keyWords));
    }
  }

  #holds(doc: number, words: Uint32Array): boolean {
    const offset = doc & CHUNK_MASK;
    const chunk = this.#chunks.at(doc >>> CHUNK_SHIFT);
    if (chunk === undefined || chunk.count(offset) !== words.length) return false;
    return words.every((word, at) => word === chunk.value(offset, at));
  }
}

/** The ranges in the order of their keys, each once. */
function distinctRanges(keys: readonly bigint[]): readonly bigint[] {
  const ranges: (readonly [lowest: bigint, highest: bigint])[] = [];
  for (let at = 0; at < keys.length; at += 2) ranges.push([keys[at]!, keys[at + 1]!]);
  ranges.sort((a, b) => compareKeys(a[0], b[0]) || compareKeys(a[1], b[1]));
  return ranges
    .filter(([lowest, highest], at) => lowest !== ranges[at - 1]?.[0] || highest !== ranges[at - 1]?.[1])
    .flat();
}

function compareKeys(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

/** The words of keys, `keyWords` of each, the highest first. */
export function wordsOf(keys: readonly bigint[], keyWords: number): Uint32Array {
  const words = new Uint32Array(keys.length * keyWords);
  for (const [index, key] of keys.entries()) {
    let rest = key;
    for (let at = (index + 1) * keyWords - 1; at >= index * keyWords; at--) {
      words[at] = Number(rest & 0xffff_ffffn);
      rest >>= 32n;
    }
  }
  return words;
}

/** A double near the key at `at`: of a greater key it is no less. */
export function approximateKey(words: Uint32Array, at: number, keyWords: number): number {
  let key = 0;
  for (let i = at; i < at + keyWords; i++) key = key * WORD + words[i]!;
  return key;
}
