import type { IndexedValue } from '../../mapping/field-values.ts';
import type { BucketEntry } from './entry.ts';

/** A collector of terms: what its buckets hold below one bucket above. */
export interface TermsCollector {
  /** Key in the column's form, documents and own bucket of each term; with `includeEmpty` those that no document found has too. */
  entries(bucket: number, includeEmpty: boolean): Iterable<TermsEntry>;
}

/** One term of a bucket. */
export interface TermsEntry {
  readonly key: IndexedValue;
  readonly docCount: number;
  /** Undefined for a term without documents. */
  readonly bucket: number | undefined;
}

/** The buckets that are answered, and the documents of all that might have been. */
export interface Selection {
  readonly top: readonly BucketEntry[];
  readonly total: number;
}
