import type { Explanation } from '../explain/explanation.ts';
import type { HighlightField, Highlights } from '../highlight/highlight.ts';
import type { Double } from '../numbers/double.ts';
import type { Query } from '../query/query.ts';

/** A field, or a pattern of fields, whose values are wanted, and how to write dates and numbers. */
export interface FieldValuesRequest {
  readonly pattern: string;
  readonly format?: string;
}

/** A value of a field as it is shown; an object only of a flattened field and of ranges. */
export type FieldValue = string | number | Double | boolean | { readonly [name: string]: unknown };

/** What hits are to show besides their documents. */
export interface FetchRequest {
  /** What is highlighted: what this looks for. */
  readonly query: Query;
  readonly highlight: readonly HighlightField[];
  /** Longer texts of these indices are not analysed for highlighting but refused. */
  readonly maxAnalyzedOffsets: ReadonlyMap<string, number>;
  /** From columns: in order, and without duplicates of keywords. */
  readonly docValueFields: readonly FieldValuesRequest[];
  /** From the source: as it was given, in the form of the field's type. */
  readonly fields: readonly FieldValuesRequest[];
  /** Patterns of fields that their mapping stores. */
  readonly storedFields: readonly string[];
  /** Whether hits tell how they came to their scores. */
  readonly explain: boolean;
}

/** What one hit shows besides its document. */
export interface FetchedHit {
  readonly highlights: Highlights;
  /** Field name → its values; fields without a value are left out. */
  readonly fields: Readonly<Record<string, readonly FieldValue[]>>;
  /** Undefined where it was not asked for. */
  readonly explanation: Explanation | undefined;
}
