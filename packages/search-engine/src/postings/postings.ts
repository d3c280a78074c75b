import type { DocSet } from '../columns/doc-set.ts';
import type { OrdinalValues } from '../columns/ordinal-values.ts';
import { makeUint32, PagedArray } from '../columns/paged-array.ts';
import { SortedDocs } from '../columns/sorted-docs.ts';
import { PostingsList } from './postings-list.ts';

const LIST = 0x8000_0000;

/**
 * Which documents have a term, by the term's ordinal: derived from a column on first use and kept up to date from then on. A term of one
 * document takes four bytes.
 */
export class Postings {
  /** 0: none; below {@link LIST}: one more than the only document; else the number of a list. */
  readonly #heads: PagedArray<Uint32Array> = new PagedArray(makeUint32);
  readonly #lists: PostingsList[] = [];

  /** Reads the whole column. `docCount` tells in how many documents an ordinal occurs. */
  static build(values: OrdinalValues, docCount: (ordinal: number) => number, docLimit: number): Postings {
    const postings = new Postings();
    values.forEach((doc, ordinal) => {
      if (ordinal === 0) return;
      const head = postings.#heads.get(ordinal);
      const count = docCount(ordinal);
      if (head >= LIST) postings.#lists[head - LIST]!.add(doc, docLimit);
      else if (count === 1) postings.#heads.set(ordinal, doc + 1);
      else postings.#startList(ordinal, count).add(doc, docLimit);
    });
    return postings;
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
    const head = this.#heads.get(ordinal);
    if (head >= LIST) this.#lists[head - LIST]!.add(doc, docLimit);
    else if (head === 0 || head === doc + 1) this.#heads.set(ordinal, doc + 1);
    else {
      const list = this.#startList(ordinal, 4);
      list.add(head - 1, docLimit);
      list.add(doc, docLimit);
    }
  }

  remove(ordinal: number, doc: number): void {
    const head = this.#heads.get(ordinal);
    if (head >= LIST) this.#lists[head - LIST]!.remove(doc);
    else if (head === doc + 1) this.#heads.set(ordinal, 0);
  }

  #startList(ordinal: number, capacity: number): PostingsList {
    const list = new PostingsList(capacity);
    this.#heads.set(ordinal, LIST + this.#lists.length);
    this.#lists.push(list);
    return list;
  }
}
