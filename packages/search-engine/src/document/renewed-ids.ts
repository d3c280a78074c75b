import { UINT32 } from '../columns/number-array.ts';
import { PagedArray } from '../columns/paged-array.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';

/** What the ids of a document table are about to be: those of its live documents, in a dictionary of their own. */
export class RenewedIds {
  readonly dictionary: Dictionary;
  /** By ordinal of the id: one more than the document's number; 0 for none. */
  readonly docs: PagedArray<Uint32Array> = new PagedArray(UINT32);
  /** By document; 0 for none. */
  readonly idOrdinals: PagedArray<Uint32Array> = new PagedArray(UINT32);

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary;
  }

  set(doc: number, id: string): void {
    const ordinal = this.dictionary.add(id);
    this.idOrdinals.set(doc, ordinal);
    this.docs.set(ordinal, doc + 1);
  }

  remove(doc: number): void {
    this.docs.set(this.idOrdinals.get(doc), 0);
    this.idOrdinals.set(doc, 0);
  }
}
