import { CHUNK_DOCS } from './chunk-docs.ts';
import { CHUNK_SHIFT, type ChunkVisitor, type DocSet } from './doc-set.ts';
import { borrowOffsets, returnOffsets } from './offset-buffers.ts';
import { SortedDocs } from './sorted-docs.ts';

const CHUNK_WORDS = CHUNK_DOCS / 32;

/** A set of document numbers, one bit each. The owner of the words may change them; who gets one as a {@link DocSet} may not. */
export class BitSet implements DocSet {
  readonly words: Uint32Array;
  #size: number | undefined;

  /** `size` saves counting the bits when it is known. */
  constructor(words: Uint32Array, size?: number) {
    this.words = words;
    this.#size = size;
  }

  /** An empty set for documents below `limit`. */
  static forDocs(limit: number): BitSet {
    return new BitSet(new Uint32Array((limit + 31) >>> 5));
  }

  get size(): number {
    this.#size ??= countBits(this.words);
    return this.#size;
  }

  has(doc: number): boolean {
    return (((this.words[doc >>> 5] ?? 0) >>> (doc & 31)) & 1) === 1;
  }

  add(doc: number): void {
    this.words[doc >>> 5]! |= 1 << (doc & 31);
    this.#size = undefined;
  }

  copy(): BitSet {
    return new BitSet(this.words.slice(), this.#size);
  }

  /** How many documents are in `other` as well. */
  countCommon(other: DocSet): number {
    if (other instanceof BitSet) return countBits(this.words, other.words);
    let common = 0;
    other.forEachChunk((chunk, offsets, count) => {
      const base = chunk << CHUNK_SHIFT;
      for (let i = 0; i < count; i++) common += Number(this.has(base + offsets[i]!));
    });
    return common;
  }

  /** Keeps only what is in `other` as well. */
  intersect(other: BitSet): void {
    const common = Math.min(this.words.length, other.words.length);
    for (let i = 0; i < common; i++) this.words[i]! &= other.words[i]!;
    this.words.fill(0, common);
    this.#size = undefined;
  }

  /** Takes away what is in `other`. */
  subtract(other: BitSet): void {
    const common = Math.min(this.words.length, other.words.length);
    for (let i = 0; i < common; i++) this.words[i]! &= ~other.words[i]!;
    this.#size = undefined;
  }

  /** Adds what is in `other`; what lies beyond the end of this set is left out. */
  unite(other: DocSet): void {
    if (other instanceof BitSet) {
      const common = Math.min(this.words.length, other.words.length);
      for (let i = 0; i < common; i++) this.words[i]! |= other.words[i]!;
    } else if (other instanceof SortedDocs) addAll(this.words, other.docs);
    else {
      other.forEachChunk((chunk, offsets, count) => {
        const base = chunk << CHUNK_SHIFT;
        for (let i = 0; i < count; i++) {
          const doc = base + offsets[i]!;
          this.words[doc >>> 5]! |= 1 << (doc & 31);
        }
      });
    }
    this.#size = undefined;
  }

  firstFrom(from: number, count: number): readonly number[] {
    const docs: number[] = [];
    const { words } = this;
    let word = (words[from >>> 5] ?? 0) & (-1 << (from & 31));
    for (let at = from >>> 5; at < words.length; word = words[++at]!) {
      for (; word !== 0; word &= word - 1) {
        if (docs.length === count) return docs;
        docs.push(at * 32 + 31 - Math.clz32(word & -word));
      }
    }
    return docs;
  }

  /** Moves those of the first `count` documents of a chunk that are in the set to the beginning, and gives how many they are. */
  retain(chunk: number, offsets: Uint16Array, count: number): number {
    const { words } = this;
    const first = chunk * CHUNK_WORDS;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const offset = offsets[i]!;
      // Without a branch: which documents are there is not foreseen.
      offsets[kept] = offset;
      kept += ((words[first + (offset >>> 5)] ?? 0) >>> (offset & 31)) & 1;
    }
    return kept;
  }

  get chunkLimit(): number {
    return Math.ceil(this.words.length / CHUNK_WORDS);
  }

  forEachChunk(visit: ChunkVisitor, fromChunk: number = 0, toChunk: number = Number.POSITIVE_INFINITY): void {
    const offsets = borrowOffsets();
    for (let chunk = fromChunk; chunk < Math.min(toChunk, this.chunkLimit); chunk++) {
      const from = chunk * CHUNK_WORDS;
      const count = listBits(this.words, from, Math.min(this.words.length, from + CHUNK_WORDS), offsets);
      if (count > 0) visit(chunk, offsets, count);
    }
    returnOffsets(offsets);
  }
}

/** Bits beyond the end are left out, as typed arrays do. */
function addAll(words: Uint32Array, docs: Uint32Array): void {
  for (let i = 0; i < docs.length; i++) words[docs[i]! >>> 5]! |= 1 << (docs[i]! & 31);
}

function listBits(words: Uint32Array, from: number, to: number, offsets: Uint16Array): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const base = (at - from) << 5;
    for (let word = words[at]!; word !== 0; word &= word - 1) offsets[count++] = base + 31 - Math.clz32(word & -word);
  }
  return count;
}

/** The bits that are set in both. */
function countBits(words: Uint32Array, others: Uint32Array = words): number {
  const length = Math.min(words.length, others.length);
  let sum = 0;
  for (let i = 0; i < length; i++) {
    let word = words[i]! & others[i]!;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    sum += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
}
