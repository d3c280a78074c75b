import type { Query } from '../query/query.ts';
import type { Steps } from '../steps/steps.ts';
import type { DocSet } from './doc-set.ts';

/**
 * The values of one numeric field (numbers, dates as epoch milliseconds, booleans as 0 and 1), in chunks of {@link CHUNK_DOCS}
 * documents. A document's number is `chunk * CHUNK_DOCS + offset`.
 */
export interface NumericDocValues {
  readonly type: 'numeric';
  /** Undefined when no document of the chunk has a value. Every array reaches beyond the highest document in use. */
  chunk(index: number): NumericChunk | undefined;
}

/** Values ascend within a document; duplicates are kept. */
export type NumericChunk =
  | {
      readonly single: true;
      /** By offset; NaN is no value. */
      readonly values: Float64Array;
    }
  | {
      readonly single: false;
      /** By offset: where the document's values start in `values`, and how many there are. */
      readonly starts: Uint32Array;
      readonly counts: Uint32Array;
      readonly values: Float64Array;
    };

/** The values of one keyword field as ordinals of its dictionary, in chunks as {@link NumericDocValues}. */
export interface OrdinalDocValues {
  readonly type: 'ordinal';
  readonly dictionary: TermDictionary;
  chunk(index: number): OrdinalChunk | undefined;
  /** In how many live documents the ordinal occurs; known without a scan. */
  docCount(ordinal: number): number;
  /** The live documents in which an ordinal occurs, where that is known without a scan; asking makes it known some time later. */
  requestPostings?(): TermDocs | undefined;
}

/** The documents of each ordinal. */
export interface TermDocs {
  docs(ordinal: number): DocSet;
}

/** An array of ordinals, as narrow as the dictionary allows. */
export type Ordinals = Uint8Array | Uint16Array | Uint32Array;

/** The ordinals of a document are distinct and in no order. */
export type OrdinalChunk =
  | {
      readonly single: true;
      /** By offset; 0 is no value. */
      readonly ordinals: Ordinals;
    }
  | {
      readonly single: false;
      /** By offset: where the document's ordinals start in `ordinals`, and how many there are. */
      readonly starts: Uint32Array;
      readonly counts: Uint32Array;
      readonly ordinals: Ordinals;
    };

/** The ranges of one field, in chunks as {@link NumericDocValues}. */
export interface RangeDocValues {
  readonly type: 'range';
  /** Words of one key: a range has those of its lowest key, and then those of its highest. */
  readonly keyWords: number;
  chunk(index: number): RangeChunk | undefined;
}

/** The ranges of a document ascend by their lowest key, and are distinct. */
export interface RangeChunk {
  readonly single: false;
  /** By offset: where the document's ranges start in `words`, and how many words they have. */
  readonly starts: Uint32Array;
  readonly counts: Uint32Array;
  readonly words: Uint32Array;
}

/** What sorts and aggregations read of one field. */
export type DocValues = NumericDocValues | OrdinalDocValues | RangeDocValues;

/** The distinct terms of one field. Ordinals are 1 to `size` in order of arrival, not of the terms; 0 stands for no term. */
export interface TermDictionary {
  readonly size: number;
  term(ordinal: number): string;
  /** 0 when the term does not occur. */
  ordinal(term: string): number;
  /** Below 0, 0 or above 0 as the UTF-8 bytes of the first term come before, are, or come after those of the second. */
  compare(first: number, second: number): number;
}

/** What aggregations read of one index. Nothing changes while they run. */
export interface DocReader {
  /** Undefined for a field without values in this index. */
  docValues(path: string): DocValues | undefined;
  /** Every live document. */
  liveDocs(): DocSet;
  /** The live documents that match, found without scores. */
  findMatchingDocs(query: Query): Steps<DocSet>;
}
