import type { OrdinalChunk } from '../columns/doc-values.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';

/** The terms of a field as a sort reads them. */
export interface SortableTerms {
  /** All ordinals of a chunk, where they can be read together. */
  chunk?(index: number): OrdinalChunk | undefined;
  /** How many terms the document has. */
  count(doc: number): number;
  /** The ordinal at `index` of a document that has more than `index` of them. */
  value(doc: number, index: number): number;
  readonly dictionary: Dictionary;
}
