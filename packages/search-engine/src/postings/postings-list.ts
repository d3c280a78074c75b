import { BitSet } from '../columns/bit-set.ts';
import type { DocSet } from '../columns/doc-set.ts';
import { lowerBound, SortedDocs } from '../columns/sorted-docs.ts';

const MIN_BITSET_DOCS = 2048;
/** A document costs 32 bits in an array, so a bitset is smaller once more than one document in 32 has the term. */
const BITSET_SHARE = 32;

/** The documents of one term: an ascending array, or a bitset when they are many. */
export class PostingsList {
  #docs: Uint32Array;
  #count = 0;
  #isBitSet = false;

  /** `capacity` documents fit before anything is copied. */
  constructor(capacity: number) {
    this.#docs = new Uint32Array(capacity);
  }

  /** An empty list for so many documents, to be filled by {@link append}. */
  static forDocs(count: number, docLimit: number): PostingsList {
    const isBitSet = isBitSetSmaller(count, docLimit);
    const list = new PostingsList(isBitSet ? wordsFor(docLimit) : count);
    list.#isBitSet = isBitSet;
    return list;
  }

  /** Adds a document that is not before any other; again and again the same one is once. */
  append(doc: number): void {
    const docs = this.#docs;
    if (!this.#isBitSet) {
      if (this.#count === docs.length) this.#insert(doc);
      else if (this.#count === 0 || docs[this.#count - 1] !== doc) docs[this.#count++] = doc;
      return;
    }
    if (doc >>> 5 >= docs.length) {
      this.#addBit(doc, doc + 1);
      return;
    }
    const bit = 1 << (doc & 31);
    const word = docs[doc >>> 5]!;
    docs[doc >>> 5] = word | bit;
    this.#count += Number((word & bit) === 0);
  }

  copy(): PostingsList {
    const copy = new PostingsList(0);
    copy.#docs = this.#docs.slice();
    copy.#count = this.#count;
    copy.#isBitSet = this.#isBitSet;
    return copy;
  }

  get memoryBytes(): number {
    return this.#docs.byteLength;
  }

  /** The set as it is now; the next change may change it. */
  docSet(): DocSet {
    return this.#isBitSet ? new BitSet(this.#docs, this.#count) : new SortedDocs(this.#docs.subarray(0, this.#count));
  }

  /** `docLimit`: one more than the highest document number in use. A document that is there already is left. */
  add(doc: number, docLimit: number): void {
    if (!this.#isBitSet && isBitSetSmaller(this.#count, docLimit)) this.#toBitSet(docLimit);
    if (this.#isBitSet) this.#addBit(doc, docLimit);
    else this.#insert(doc);
  }

  remove(doc: number): void {
    if (this.#isBitSet) {
      const bit = 1 << (doc & 31);
      const word = this.#docs[doc >>> 5] ?? 0;
      if ((word & bit) === 0) return;
      this.#docs[doc >>> 5] = word & ~bit;
      this.#count--;
      return;
    }
    const at = lowerBound(this.#docs, this.#count, doc);
    if (at === this.#count || this.#docs[at] !== doc) return;
    this.#docs.copyWithin(at, at + 1, this.#count);
    this.#count--;
  }

  #insert(doc: number): void {
    const count = this.#count;
    const at = count === 0 || this.#docs[count - 1]! < doc ? count : lowerBound(this.#docs, count, doc);
    if (at < count && this.#docs[at] === doc) return;
    if (count === this.#docs.length) this.#docs = copied(this.#docs, Math.max(4, count + (count >>> 1)));
    this.#docs.copyWithin(at + 1, at, count);
    this.#docs[at] = doc;
    this.#count++;
  }

  #addBit(doc: number, docLimit: number): void {
    const at = doc >>> 5;
    if (at >= this.#docs.length) this.#docs = copied(this.#docs, wordsFor(docLimit));
    const bit = 1 << (doc & 31);
    if ((this.#docs[at]! & bit) !== 0) return;
    this.#docs[at]! |= bit;
    this.#count++;
  }

  #toBitSet(docLimit: number): void {
    const words = new Uint32Array(wordsFor(docLimit));
    for (let i = 0; i < this.#count; i++) words[this.#docs[i]! >>> 5]! |= 1 << (this.#docs[i]! & 31);
    this.#docs = words;
    this.#isBitSet = true;
  }
}

function isBitSetSmaller(count: number, docLimit: number): boolean {
  return count >= MIN_BITSET_DOCS && count > docLimit / BITSET_SHARE;
}

/** Words for a quarter more documents than there are, so that a growing index does not copy its bitsets for every document. */
function wordsFor(docLimit: number): number {
  return ((docLimit + (docLimit >>> 2)) >>> 5) + 64;
}

function copied(array: Uint32Array, length: number): Uint32Array {
  const copy = new Uint32Array(Math.max(length, array.length));
  copy.set(array);
  return copy;
}
