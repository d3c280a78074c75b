import type { DocSet } from '../columns/doc-set.ts';
import { UINT32 } from '../columns/number-array.ts';
import type { OrdinalValues } from '../columns/ordinal-values.ts';
import { PagedArray } from '../columns/paged-array.ts';
import { SortedDocs } from '../columns/sorted-docs.ts';
import { PostingsList } from './postings-list.ts';

const LIST = 0x8000_0000;
/** Documents of which {@link Postings.deriveSome} reads the terms: some milliseconds if they have several each. */
const STEP_DOCS = 8192;

/**
 * Which documents have a term, by the term's ordinal: derived from a column when somebody wants them, and kept up to date from then on. A term of
 * one document takes four bytes.
 */
export class Postings {
  /** 0: none; below {@link LIST}: one more than the only document; else the number of a list. */
  #heads: PagedArray<Uint32Array> = new PagedArray(UINT32);
  #lists: PostingsList[] = [];
  /** By list: 1 while a fork has it too, so that it has to be copied before it is written. */
  #isShared: Uint8Array = new Uint8Array(0);
  /** The documents of the column that have been read; writes to the others are seen when they are. */
  #docsRead = 0;

  /** Whether the whole column has been read; {@link docs} is not to be asked before. */
  get isComplete(): boolean {
    return this.#docsRead === Number.POSITIVE_INFINITY;
  }

  /** Reads some more documents of the column, also as a fork. `docCount` tells in how many documents an ordinal occurs. */
  deriveSome(values: OrdinalValues, docCount: (ordinal: number) => number, docLimit: number): void {
    const from = this.#docsRead;
    const to = Math.min(docLimit, from + STEP_DOCS);
    this.#docsRead = to === docLimit ? Number.POSITIVE_INFINITY : to;
    values.visit(from, to, (doc, ordinal) => this.#append(ordinal, doc, docCount, docLimit));
  }

  #append(ordinal: number, doc: number, docCount: (ordinal: number) => number, docLimit: number): void {
    if (ordinal === 0) return;
    const head = this.#heads.get(ordinal);
    if (head >= LIST) {
      this.#ownList(head - LIST).append(doc);
      return;
    }
    const count = head === 0 ? docCount(ordinal) : 0;
    if (count > 1) this.#startList(ordinal, PostingsList.forDocs(count, docLimit)).append(doc);
    else this.#put(ordinal, doc, docLimit);
  }

  /** Second postings, which are to be written from then on in the place of these; a list is shared until it is. No ordinal is `ordinalLimit` or more yet. */
  fork(ordinalLimit: number): Postings {
    const fork = new Postings();
    fork.#heads = this.#heads.fork(ordinalLimit);
    fork.#lists = this.#lists.slice();
    fork.#isShared = new Uint8Array(this.#lists.length).fill(1);
    fork.#docsRead = this.#docsRead;
    return fork;
  }

  get memoryBytes(): number {
    return this.#lists.reduce((sum, list) => sum + list.memoryBytes, this.#heads.memoryBytes);
  }

  /** The documents that have the ordinal: a view that stands until the next write. */
  docs(ordinal: number): DocSet {
    const head = this.#heads.get(ordinal);
    if (head >= LIST) return this.#lists[head - LIST]!.docSet();
    return new SortedDocs(head === 0 ? new Uint32Array(0) : Uint32Array.of(head - 1));
  }

  add(ordinal: number, doc: number, docLimit: number): void {
    if (doc < this.#docsRead) this.#put(ordinal, doc, docLimit);
  }

  #put(ordinal: number, doc: number, docLimit: number): void {
    const head = this.#heads.get(ordinal);
    if (head >= LIST) this.#ownList(head - LIST).add(doc, docLimit);
    else if (head === 0 || head === doc + 1) this.#heads.set(ordinal, doc + 1);
    else {
      const list = this.#startList(ordinal, new PostingsList(4));
      list.add(head - 1, docLimit);
      list.add(doc, docLimit);
    }
  }

  remove(ordinal: number, doc: number): void {
    if (doc >= this.#docsRead) return;
    const head = this.#heads.get(ordinal);
    if (head >= LIST) this.#ownList(head - LIST).remove(doc);
    else if (head === doc + 1) this.#heads.set(ordinal, 0);
  }

  #ownList(index: number): PostingsList {
    if (this.#isShared[index] !== 1) return this.#lists[index]!;
    this.#isShared[index] = 0;
    const copy = this.#lists[index]!.copy();
    this.#lists[index] = copy;
    return copy;
  }

  #startList(ordinal: number, list: PostingsList): PostingsList {
    this.#heads.set(ordinal, LIST + this.#lists.length);
    this.#lists.push(list);
    return list;
  }
}
